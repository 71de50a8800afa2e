package io.deformux.messaging.job;

import io.deformux.failure.FailureCode;
import io.deformux.messaging.record.TraceContext;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Hears what a loop does, to count and to trace it. Called on the loop's own thread, so it must return at once; what it
 * throws is logged and changes nothing for the job.
 */
public interface JobObserver {
    /** Hears nothing. */
    JobObserver NONE = new JobObserver() {};

    /**
     * A start of a job is counted, and the job begins.
     *
     * @return the trace that what is published of this start belongs to: the one that the job came with, unless there are
     *     spans of its own
     */
    default Optional<TraceContext> begins(JobStart start) {
        return start.trace();
    }

    /** That start has ended, and what follows from it is published. */
    default void ends(JobStart start, JobEnd end) {}

    /** A record of a topic lies in the dead letters and was not started here: it is no job, or must not be started. */
    default void refused(String topic, FailureCode code) {}

    /** The loop has opened a client, and closes what this gives before the client. */
    default Watched opened(Consumer<?, ?> client) {
        return Watched.NONE;
    }

    /** The loop has opened a client, and closes what this gives before the client. */
    default Watched opened(Producer<?, ?> client) {
        return Watched.NONE;
    }

    /** Something that is watched until it is closed. */
    interface Watched extends AutoCloseable {
        /** Nothing. */
        Watched NONE = () -> {};

        @Override
        void close();
    }

    /** This one, then another one, which goes on in the trace that this one gives. */
    default JobObserver and(JobObserver other) {
        JobObserver first = this;
        return new JobObserver() {
            @Override
            public Optional<TraceContext> begins(JobStart start) {
                return other.begins(start.in(first.begins(start)));
            }

            @Override
            public void ends(JobStart start, JobEnd end) {
                first.ends(start, end);
                other.ends(start, end);
            }

            @Override
            public void refused(String topic, FailureCode code) {
                first.refused(topic, code);
                other.refused(topic, code);
            }

            @Override
            public Watched opened(Consumer<?, ?> client) {
                return both(first.opened(client), other.opened(client));
            }

            @Override
            public Watched opened(Producer<?, ?> client) {
                return both(first.opened(client), other.opened(client));
            }
        };
    }

    private static Watched both(Watched one, Watched other) {
        return () -> {
            one.close();
            other.close();
        };
    }
}
