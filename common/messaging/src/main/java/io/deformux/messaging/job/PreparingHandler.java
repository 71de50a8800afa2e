package io.deformux.messaging.job;

import io.deformux.schemas.Event;
import java.util.List;

/**
 * A handler whose jobs have a part that needs no device: fetching, reading, preparing. The loop has it done for the next
 * job while the running one computes.
 *
 * @param <J> the event that asks for a job
 */
public interface PreparingHandler<J extends Event> extends JobHandler<J> {

    /** A job whose first part is done. */
    interface Prepared extends AutoCloseable {
        /** Does the rest, as {@link JobHandler#handle} and on the same thread. */
        List<Event> handle(JobContext context) throws Exception;

        /** Lets go of all it holds; called once, after the rest or instead of it, on any thread. */
        @Override
        void close();
    }

    /**
     * Does the first part. Called on the loop's preparing thread, one job at a time, beside {@link #handle} of another
     * job. What it throws is the outcome of the job's attempt, as if {@link #handle} had thrown it.
     *
     * @throws InterruptedException after the job was taken away; nothing may be left behind
     */
    Prepared prepare(J job) throws Exception;

    /** Both parts, one after the other. */
    @Override
    default List<Event> handle(J job, JobContext context) throws Exception {
        try (Prepared prepared = prepare(job)) {
            return prepared.handle(context);
        }
    }
}
