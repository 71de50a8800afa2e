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

    @Override
    public String identity() {
        return trainingId + "-fold-" + result.fold();
    }
}
