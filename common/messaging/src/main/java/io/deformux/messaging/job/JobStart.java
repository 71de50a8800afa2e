package io.deformux.messaging.job;

import io.deformux.messaging.record.TraceContext;
import java.time.Instant;
import java.util.Optional;

/**
 * One start of a job.
 *
 * @param topic which it first came on
 * @param jobId its key
 * @param attempt which start it is, over all workers; 1 for the first
 * @param sent when it was sent or put off, by the record's time; empty if that is not known, or
 *     was told with an earlier start of the same taking
 * @param begun when it began
 * @param trace the trace that it belongs to
 */
public record JobStart(
        String topic, String jobId, int attempt, Optional<Instant> sent, Instant begun, Optional<TraceContext> trace) {
    /** The same in another trace. */
    JobStart in(Optional<TraceContext> other) {
        return new JobStart(topic, jobId, attempt, sent, begun, other);
    }
}
