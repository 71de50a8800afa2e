package io.deformux.schemas;

/** All that something needs is there: a training worker is to put it together and say so. */
public sealed interface Publication extends Event permits TrainingReady, ComparisonReady {
    @Override
    default String topic() {
        return Topics.TRAINING_READY;
    }
}
