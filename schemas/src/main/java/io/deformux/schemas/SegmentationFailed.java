package io.deformux.schemas;

/**
 * A result: the scan could not be segmented.
 *
 * @param jobId the job
 * @param stage the stage that failed, as {@code fetch} or {@code inference}
 * @param code the stable code, upper case with underscores, as {@code DICOM_SERIES_MIXED}
 * @param message what to do about it, for a person; free of patient data
 * @param retryable whether the same job, sent again unchanged, may succeed
 * @param attempt which attempt this was, 1 for the first
 */
public record SegmentationFailed(
        String jobId, String stage, String code, String message, boolean retryable, int attempt) implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.segmentation.failed.v1";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return Topics.SEGMENTATION_RESULT;
    }

    @Override
    public String key() {
        return jobId;
    }

    /** All but the attempt. */
    @Override
    public String identity() {
        return Identity.of(jobId, stage, code, message);
    }
}
