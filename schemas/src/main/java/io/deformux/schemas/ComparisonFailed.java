package io.deformux.schemas;

import java.util.List;

/**
 * A result: a comparison has failed and there is no table. Trainings that were done by then are published.
 *
 * @param comparisonId the comparison
 * @param requestSha256 the digest of the request that has failed: SHA-256 of its data as this contract writes it, or of
 *     the bytes as they came where they break the contract
 * @param code the stable code, upper case with underscores, as {@code COMPARISON_EMPTY}
 * @param message what to do about it, for a person; free of patient data
 * @param retryable whether the same comparison, sent again unchanged under another id, may succeed
 * @param failed the networks whose training had failed by then
 * @param durationMs from the request to the failure in ms
 */
public record ComparisonFailed(
        String comparisonId,
        String requestSha256,
        String code,
        String message,
        boolean retryable,
        List<FailedNetwork> failed,
        long durationMs)
        implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.comparison.failed.v1";

    /** A result; the list is copied. */
    public ComparisonFailed {
        failed = List.copyOf(failed);
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
        return comparisonId;
    }

    /** Comparison, request and what failed; not how long it took. */
    @Override
    public String identity() {
        return Identity.of(comparisonId, requestSha256, code, message, failed);
    }
}
