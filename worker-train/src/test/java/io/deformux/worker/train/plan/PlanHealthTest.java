package io.deformux.worker.train.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.failure.FailureCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

class PlanHealthTest {
    private final AtomicLong clock = new AtomicLong(-5);
    private final PlanHealth health = new PlanHealth(clock::get);

    @Test
    void planningThatHasNotFailedIsWellAlsoWhileItMoves() {
        assertThat(health.problem(State.CREATED)).isEmpty();
        assertThat(health.problem(State.REBALANCING)).isEmpty();
        assertThat(health.problem(State.RUNNING)).isEmpty();
    }

    @Test
    void aFailureIsToldUntilPlanningHasWorkedForAWhile() {
        health.failed(FailureCode.KAFKA_UNAVAILABLE);
        assertThat(health.problem(State.RUNNING)).contains("KAFKA_UNAVAILABLE");
        clock.addAndGet(PlanHealth.QUIET.toNanos());
        assertThat(health.problem(State.REBALANCING)).contains("KAFKA_UNAVAILABLE");
        assertThat(health.problem(State.RUNNING)).isEmpty();
        assertThat(health.problem(State.REBALANCING)).as("a later move").isEmpty();
    }

    @Test
    void aFailureThatComesAgainIsToldOn() {
        health.failed(FailureCode.KAFKA_UNAVAILABLE);
        clock.addAndGet(Duration.ofSeconds(100).toNanos());
        health.failed(FailureCode.INTERNAL);
        clock.addAndGet(Duration.ofSeconds(100).toNanos());
        assertThat(health.problem(State.RUNNING)).contains("INTERNAL");
    }

    @Test
    void planningThatHasEndedIsToldAsThat() {
        assertThat(health.problem(State.ERROR)).contains(PlanHealth.ENDED);
        assertThat(health.problem(State.PENDING_ERROR)).contains(PlanHealth.ENDED);
        assertThat(health.problem(State.NOT_RUNNING)).contains(PlanHealth.ENDED);
    }
}
