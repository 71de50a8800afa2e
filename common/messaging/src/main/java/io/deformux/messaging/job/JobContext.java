package io.deformux.messaging.job;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.Event;
import java.time.Instant;

/** What a running job sees of its loop; for the job's thread and those it starts. */
public interface JobContext {
    /** Which start of this job this is, over all workers; 1 for the first. */
    int attempt();

    /** Whether the last start ran out of memory, so that this one is to do with as little as it can. */
    default boolean degraded() {
        return false;
    }

    /**
     * When the job was sent, or where nobody knows when this start of it began: the same for every start of a job, on
     * whatever worker.
     */
    default Instant sent() {
        return Instant.now();
    }

    /**
     * Reports progress, best effort: returns at once, and of events that come too fast only the newest is sent. Readers
     * see it before the job ends.
     */
    void progress(Event event);

    /**
     * Whether the job was taken away from this worker or the worker is to stop. Nothing that it returns will be
     * published. The job's thread is interrupted too; work that does not notice interrupts asks here.
     */
    boolean cancelled();

    /**
     * Before each step that must not be done for a job that is another worker's by now, above all before anything is seen
     * outside: waits while Kafka has not confirmed lately that the job is this worker's, and leaves a cancelled job with
     * {@code JOB_CANCELLED}. What has been lost meanwhile is cancelled; what has not goes on.
     */
    default void requireOwned() {
        throwIfCancelled();
    }

    /**
     * Whether the job is surely still this worker's, so that a cancelled one may keep what it has done so far: not taken
     * away, and Kafka has confirmed so lately.
     */
    default boolean owned() {
        return true;
    }

    /** Leaves a cancelled job with {@code JOB_CANCELLED}. */
    default void throwIfCancelled() {
        if (cancelled()) {
            throw new JobException(FailureCode.JOB_CANCELLED, "The job was given back before it was done.");
        }
    }
}
