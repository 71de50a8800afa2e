package io.deformux.schemas;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A result: a training has failed and nothing is published.
 *
 * @param trainingId the training
 * @param requestSha256 the digest of the request that has failed: SHA-256 of its data as this contract writes it, or of
 *     the bytes as they came where they break the contract. It tells a refused second request from the first
 * @param code the stable code, upper case with underscores, as {@code FOLD_FAILED}
 * @param message what to do about it, for a person; free of patient data
 * @param retryable whether the same training, sent again unchanged under another id, may succeed
 * @param completedFolds the results that were there by then, in ascending order of the folds
 * @param failedFolds the folds that had failed by then
 * @param durationMs from the request to the failure in ms
 * @param comparisonId the comparison that it was a part of; absent for a training that stands for itself
 */
public record TrainingFailed(
        String trainingId,
        String requestSha256,
        String code,
        String message,
        boolean retryable,
        List<FoldResult> completedFolds,
        List<FoldFailure> failedFolds,
        long durationMs,
        Optional<String> comparisonId)
        implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.training.failed.v1";

    /** A result; the lists are copied. */
    public TrainingFailed {
        completedFolds = List.copyOf(completedFolds);
        failedFolds = List.copyOf(failedFolds);
        Objects.requireNonNull(comparisonId, "comparisonId");
    }

    /** Of a training that stands for itself. */
    public TrainingFailed(
            String trainingId,
            String requestSha256,
            String code,
            String message,
            boolean retryable,
            List<FoldResult> completedFolds,
            List<FoldFailure> failedFolds,
            long durationMs) {
        this(
                trainingId,
                requestSha256,
                code,
                message,
                retryable,
                completedFolds,
                failedFolds,
                durationMs,
                Optional.empty());
    }

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

    /** Training, request and what failed; not how long it took. */
    @Override
    public String identity() {
        return Identity.of(trainingId, requestSha256, code, message, failedFolds);
    }
}
