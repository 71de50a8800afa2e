package io.deformux.schemas;

/**
 * A result: one fold is trained and its model package stored.
 *
 * @param trainingId the training
 * @param result what came of it
 */
public record TrainingFoldCompleted(String trainingId, FoldResult result) implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.training.fold.completed.v1";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return Topics.TRAINING_RESULT;
    }

    @Override
    public String key() {
        return trainingId;
    }

    /** Training, fold, data and model; not how long it took. */
    @Override
    public String identity() {
        return Identity.of(
                trainingId,
                result.fold(),
                result.model(),
                result.datasetSha256(),
                result.iterations(),
                result.bestIteration(),
                result.meanDice());
    }
}
