package io.deformux.messaging.job;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How long each stage of a job may take; then its thread is interrupted. Safe to share.
 *
 * @param time of one stage
 */
public record StageLimit(Duration time) {

    /**
     * Runs a stage on the calling thread.
     *
     * @param stage its name, for the message
     * @throws JobException JOB_TIMED_OUT if it ended with an exception after its time was over, or what the stage throws
     */
    public <T> T within(String stage, Supplier<T> work) {
        try (StageTimer timer = new StageTimer(time)) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                throw timer.isOver() ? timedOut(stage, e) : e;
            }
        }
    }

    private JobException timedOut(String stage, RuntimeException cause) {
        return new JobException(
                FailureCode.JOB_TIMED_OUT,
                "The stage " + stage + " was not done after " + time.toSeconds()
                        + " s, which is this worker's limit: see --stage-seconds.",
                cause);
    }
}
