package io.deformux.worker.train.messaging;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.job.StageLimit;
import io.deformux.worker.train.job.TrainingListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The stages of one fold's job, of which a listener hears. One thread.
 *
 * @param limit how long each may take
 * @param listener hears of them
 * @param jobId of the fold
 */
record FoldStages(StageLimit limit, TrainingListener listener, String jobId) {
    /** Runs a stage within the limit; throws what it does, or JOB_TIMED_OUT. */
    <T> T within(String stage, Supplier<T> work) {
        return told(stage, () -> limit.within(stage, work));
    }

    /** Runs a stage that may take as long as the job. */
    <T> T told(String stage, Supplier<T> work) {
        Instant begun = Instant.now();
        long start = System.nanoTime();
        Optional<FailureCode> failure = Optional.of(FailureCode.INTERNAL);
        try {
            T done = work.get();
            failure = Optional.empty();
            return done;
        } catch (JobException e) {
            failure = Optional.of(e.code());
            throw e;
        } finally {
            listener.staged(jobId, stage, begun, Duration.ofNanos(System.nanoTime() - start), failure);
        }
    }
}
