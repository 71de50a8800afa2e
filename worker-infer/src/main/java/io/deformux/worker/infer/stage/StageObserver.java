package io.deformux.worker.infer.stage;

import io.deformux.failure.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Hears how jobs go, to count and to trace them. Called on the threads of jobs, of two at once at most, so it must return
 * at once; what it throws is logged and changes nothing for the job.
 */
public interface StageObserver {
    /** Hears nothing. */
    StageObserver NONE = new StageObserver() {};

    /**
     * A stretch of a stage is over; a stage can have several.
     *
     * @param failure why it failed, if it did
     */
    default void ended(String jobId, Stage stage, Instant begun, Duration time, Optional<FailureCode> failure) {}

    /**
     * Windows are done.
     *
     * @param windows how many since the last time
     * @param time how long they took
     */
    default void predicted(int windows, Duration time) {}

    /** A scan of that many voxels is segmented. */
    default void segmented(long voxels) {}

    /** This one, then another one. */
    default StageObserver and(StageObserver other) {
        StageObserver first = this;
        return new StageObserver() {
            @Override
            public void ended(String jobId, Stage stage, Instant begun, Duration time, Optional<FailureCode> failure) {
                first.ended(jobId, stage, begun, time, failure);
                other.ended(jobId, stage, begun, time, failure);
            }

            @Override
            public void predicted(int windows, Duration time) {
                first.predicted(windows, time);
                other.predicted(windows, time);
            }

            @Override
            public void segmented(long voxels) {
                first.segmented(voxels);
                other.segmented(voxels);
            }
        };
    }
}
