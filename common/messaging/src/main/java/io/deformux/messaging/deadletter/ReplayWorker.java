package io.deformux.messaging.deadletter;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.JobLoop;
import io.deformux.messaging.JobWorker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.job.JobHandler;
import io.deformux.messaging.job.JobLimits;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.LastResort;
import io.deformux.schemas.DeadLetterReplay;
import io.deformux.schemas.Event;
import io.deformux.schemas.Topics;
import java.net.URI;
import java.util.List;

/**
 * Replays dead letters by event. A request that is refused becomes a dead letter itself, with the reason; one for a letter
 * that was replayed before changes nothing.
 */
public final class ReplayWorker {
    /** The consumer group. */
    public static final String GROUP = "deformux-replay";

    private ReplayWorker() {}

    /**
     * Starts a worker, which takes requests until it is stopped. The topics must be there.
     *
     * @param observer hears of the requests
     * @param lastResort ends the process where the worker cannot go on
     */
    public static JobWorker start(KafkaConnection connection, JobObserver observer, LastResort lastResort) {
        JobLoopConfig config = JobLoopConfig.of(Topics.DEAD_LETTER_REPLAY, GROUP, URI.create("/deformux/dead-letters"))
                .withLimits(JobLimits.DEFAULT.endedBy(lastResort));
        return JobWorker.start(
                new JobLoop<>(connection, config, DeadLetterReplay.class, new Handler(connection), observer),
                "replay-loop");
    }

    private static final class Handler implements JobHandler<DeadLetterReplay> {
        private final KafkaConnection connection;

        Handler(KafkaConnection connection) {
            this.connection = connection;
        }

        @Override
        public List<Event> handle(DeadLetterReplay request, JobContext context) {
            try (DeadLetterDesk desk = DeadLetterDesk.open(connection)) {
                DeadLetter letter = desk.list(DeadLetterFilter.one(request.deadLetter())).stream()
                        .findFirst()
                        .orElseThrow(() -> new JobException(
                                FailureCode.DEAD_LETTER_REFUSED,
                                "There is no dead letter " + request.deadLetter() + "."));
                boolean before = letter.mark()
                        .filter(mark -> mark.state().equals(DeadLetterDesk.REPLAYED))
                        .isPresent();
                if (!before) {
                    desk.replay(letter);
                }
            }
            return List.of();
        }

        @Override
        public Event failed(DeadLetterReplay request, JobException cause, int attempt) {
            throw new UnsupportedOperationException("nobody waits for an answer");
        }

        @Override
        public List<Event> failures(DeadLetterReplay request, JobException cause, int attempt) {
            return List.of();
        }
    }
}
