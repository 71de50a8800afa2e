package io.deformux.schemas;

/**
 * A result: one fold has failed and will not be tried again.
 *
 * @param trainingId the training
 * @param fold which fold, counted from 0
 * @param code the stable code, upper case with underscores, as {@code DATASET_INVALID}
 * @param message what to do about it, for a person; free of patient data
 * @param retryable whether the same training, sent again unchanged under another id, may succeed
 * @param attempt which attempt this was, 1 for the first
 */
public record TrainingFoldFailed(
        String trainingId, int fold, String code, String message, boolean retryable, int attempt) implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.training.fold.failed.v1";

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

    /** All but the attempt. */
    @Override
    public String identity() {
        return Identity.of(trainingId, fold, code, message);
    }
}
