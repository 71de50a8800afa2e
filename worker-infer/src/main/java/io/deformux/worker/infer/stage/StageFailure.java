package io.deformux.worker.infer.stage;

import io.deformux.failure.JobException;

/** A failure that knows in which stage of the job it happened. */
public final class StageFailure extends JobException {
    private static final long serialVersionUID = 1L;

    private final Stage stage;

    public StageFailure(Stage stage, JobException cause) {
        super(cause.code(), cause.getMessage(), cause);
        this.stage = stage;
    }

    /** The stage that failed. */
    public Stage stage() {
        return stage;
    }
}
