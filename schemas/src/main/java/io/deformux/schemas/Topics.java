package io.deformux.schemas;

/** The names of the Kafka topics; {@code asyncapi.yaml} describes what each carries. */
public final class Topics {
    /** Requests: {@link ScanArrived}. */
    public static final String SCAN_ARRIVED = "deformux.scan.arrived";
    /** Outcomes: {@link SegmentationCompleted} and {@link SegmentationFailed}. */
    public static final String SEGMENTATION_RESULT = "deformux.segmentation.result";
    /** {@link JobProgress} of running jobs; short retention. */
    public static final String PROGRESS = "deformux.progress";
    /** Records that no worker could read, as they came, with the reason in {@link DeadLetterHeaders}. */
    public static final String DEAD_LETTER = "deformux.dead-letter";

    private Topics() {}
}
