package io.deformux.worker.train.plan;

import io.deformux.failure.FailureCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams.State;

/** Whether planning goes on, or its thread fails again and again. For all threads. */
final class PlanHealth {
    /** The code of planning that will not go on in this process. */
    static final String ENDED = "PLANNING_ENDED";

    /** More than the time between two failures: a wait of half a minute, and a minute for a topic that does not exist. */
    static final Duration QUIET = Duration.ofMinutes(2);

    private record Failure(FailureCode code, long at) {}

    private final LongSupplier nanoTime;
    private Optional<Failure> failure = Optional.empty();

    /** @param nanoTime as {@link System#nanoTime} */
    PlanHealth(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Its thread failed and is replaced. */
    synchronized void failed(FailureCode code) {
        failure = Optional.of(new Failure(code, nanoTime.getAsLong()));
    }

    /** Why it stands, by a code; empty if it works, which after a failure it has to do for a while to count. */
    synchronized Optional<String> problem(State state) {
        if (state.isShuttingDown() || state.hasCompletedShutdown()) {
            return Optional.of(ENDED);
        }
        failure = failure.filter(last -> state != State.RUNNING || nanoTime.getAsLong() - last.at() < QUIET.toNanos());
        return failure.map(last -> last.code().name());
    }
}
