package io.deformux.schemas;

/** The names of the Kafka topics; {@code asyncapi.yaml} describes what each carries. */
public final class Topics {
    /** Requests: {@link ScanArrived}. */
    public static final String SCAN_ARRIVED = "deformux.scan.arrived";
    /** Requests that go first: {@link ScanArrived} of the priority {@code urgent}. */
    public static final String SCAN_URGENT = "deformux.scan.urgent";
    /** Outcomes: {@link SegmentationCompleted} and {@link SegmentationFailed}. */
    public static final String SEGMENTATION_RESULT = "deformux.segmentation.result";
    /** Requests: {@link TrainingRequested} and {@link ComparisonRequested}. */
    public static final String TRAINING_REQUESTED = "deformux.training.requested";
    /** Requests, one per fold: {@link TrainingFoldRequested}. */
    public static final String TRAINING_FOLD_REQUESTED = "deformux.training.fold.requested";
    /** Each {@link Publication}: trainings whose ensemble, and comparisons whose table is to be published. */
    public static final String TRAINING_READY = "deformux.training.ready";
    /**
     * Outcomes of folds, trainings and comparisons: {@link TrainingFoldCompleted}, {@link TrainingFoldFailed},
     * {@link TrainingCompleted}, {@link TrainingFailed}, {@link ComparisonCompleted} and {@link ComparisonFailed}.
     */
    public static final String TRAINING_RESULT = "deformux.training.result";
    /** {@link ModelPublished}; compacted. */
    public static final String MODEL_PUBLISHED = "deformux.model.published";
    /** {@link JobProgress} of running jobs; short retention. */
    public static final String PROGRESS = "deformux.progress";
    /** Jobs that wait to be tried again, as they came, with the rest in {@link RetryHeaders}. */
    public static final String RETRY = "deformux.retry";
    /** Those among them that go first once they are due. */
    public static final String RETRY_URGENT = "deformux.retry.urgent";
    /**
     * Records that no worker could read and jobs that have failed, as they came, with the reason in
     * {@link DeadLetterHeaders}; and what became of them, see {@link DeadLetterMark}.
     */
    public static final String DEAD_LETTER = "deformux.dead-letter";
    /** Requests: {@link DeadLetterReplay}. */
    public static final String DEAD_LETTER_REPLAY = "deformux.dead-letter.replay";

    /** Requests: {@link JobCancel}; short retention. */
    public static final String JOB_CANCEL = "deformux.job.cancel";

    private Topics() {}

    /** Whether jobs wait on it. */
    public static boolean isRetry(String topic) {
        return topic.equals(RETRY) || topic.equals(RETRY_URGENT);
    }
}
