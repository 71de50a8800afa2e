package io.deformux.worker.train.messaging;

import io.deformux.failure.JobException;
import io.deformux.failure.Reason;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.job.JobHandler;
import io.deformux.schemas.ComparisonFailed;
import io.deformux.schemas.ComparisonReady;
import io.deformux.schemas.Event;
import io.deformux.worker.train.comparison.ComparisonPublication;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** A comparison as the job loop sees it: one whose trainings have ended in, its table out. */
final class ComparisonHandler implements JobHandler<ComparisonReady> {
    private final ComparisonPublication publication;
    private final Clock clock;

    ComparisonHandler(ComparisonPublication publication, Clock clock) {
        this.publication = Objects.requireNonNull(publication, "publication");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public List<Event> handle(ComparisonReady ready, JobContext context) {
        return List.of(publication.publish(ready, durationMs(ready), context::requireOwned));
    }

    @Override
    public Event failed(ComparisonReady ready, JobException cause, int attempt) {
        Reason reason = Reason.of(cause);
        return new ComparisonFailed(
                ready.comparisonId(),
                ready.requestSha256(),
                reason.code(),
                reason.message(),
                reason.retryable(),
                ready.failed(),
                durationMs(ready));
    }

    private long durationMs(ComparisonReady ready) {
        return Math.max(0, clock.millis() - ready.requestedAtMs());
    }
}
