package io.deformux.messaging.job;

import io.deformux.failure.JobException;
import io.deformux.schemas.Event;
import java.util.List;
import java.util.Set;

/**
 * What a worker does with a job.
 *
 * <p>A repeated job must overwrite its outputs: it may be repeated after it has written them and before its result was
 * published.
 *
 * @param <J> the event that asks for a job
 */
public interface JobHandler<J extends Event> {
    /**
     * Does the job. Called on the loop's job thread: always the same one, one job at a time.
     *
     * @return the events to publish, all or none, each on its own topic under its own key. At most one of a type and
     *     {@link Event#identity() identity}: event ids derive from both
     * @throws JobException for a failure that is understood; the class of its code says what the loop does then
     * @throws Exception for anything else; the loop makes {@code INTERNAL} of it, or
     *     {@code HEAP_OUT_OF_MEMORY}
     * @throws InterruptedException after the job was cancelled, see {@link JobContext#cancelled()}
     */
    List<Event> handle(J job, JobContext context) throws Exception;

    /**
     * The event that says that the job has failed for good. Called on the loop's own thread: it makes the event and does
     * no work.
     *
     * @param cause the last failure; for a job that kept killing its workers, {@code ATTEMPTS_EXHAUSTED}
     * @param attempt how often the job was started
     */
    Event failed(J job, JobException cause, int attempt);

    /** The ids under which somebody may ask for the job's end; on the loop's own thread. */
    default Set<String> cancelledBy(J job) {
        return Set.of(job.key());
    }

    /** The events that say so; none for jobs of which nobody waits for an answer. */
    default List<Event> failures(J job, JobException cause, int attempt) {
        return List.of(failed(job, cause, attempt));
    }
}
