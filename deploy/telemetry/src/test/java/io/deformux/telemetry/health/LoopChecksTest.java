package io.deformux.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.Backoff;
import io.deformux.messaging.job.LoopHealth;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A loop that ended or hangs, or whose job does, is told by code; one that works or only waits is not. */
class LoopChecksTest {
    private final AtomicLong clock = new AtomicLong(-5);
    private final LoopHealth loop = new LoopHealth(clock::get);
    private final AtomicBoolean runs = new AtomicBoolean(true);
    private final HealthCheck round = LoopChecks.comesRound("scans", runs::get, loop);
    private final HealthCheck job = LoopChecks.jobGivesSigns("scans", loop, Duration.ofMinutes(90));
    private final HealthCheck environment = LoopChecks.lacksNothing("scans", loop);

    @Test
    void aLoopThatComesRoundIsWell() throws Exception {
        pass(Duration.ofMinutes(3));

        assertThat(round.name()).isEqualTo("scans");
        assertThat(round.problem()).isEmpty();
    }

    @Test
    void aLoopThatDoesNotComeRoundHangsUntilItDoes() throws Exception {
        pass(Duration.ofMinutes(3).plusNanos(1));
        assertThat(round.problem()).contains("LOOP_HANGS");

        loop.beats();
        assertThat(round.problem()).isEmpty();
    }

    @Test
    void aLoopWhoseThreadIsGoneHasEndedHoweverLongAgoItCameRound() throws Exception {
        runs.set(false);
        assertThat(round.problem()).contains("LOOP_ENDED");

        pass(Duration.ofHours(1));
        assertThat(round.problem()).contains("LOOP_ENDED");
    }

    @Test
    void aJobThatGivesNoSignForLongerThanItMayHangs() throws Exception {
        Duration[] silence = {Duration.ofMinutes(90)};
        loop.runs(Optional.of(() -> silence[0]));
        assertThat(job.name()).isEqualTo("scans.job");
        assertThat(job.problem()).isEmpty();

        silence[0] = silence[0].plusNanos(1);
        assertThat(job.problem()).contains("JOB_HANGS");

        loop.runs(Optional.empty());
        assertThat(job.problem()).isEmpty();
    }

    @Test
    void whatALoopWaitsForIsToldByItsCode() throws Exception {
        loop.waits(
                new JobException(FailureCode.OUTPUT_ROOT_MISSING, "mount it"),
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThat(environment.name()).isEqualTo("scans.environment");
        assertThat(environment.problem()).contains("OUTPUT_ROOT_MISSING");
        assertThat(round.problem()).isEmpty();

        loop.works();
        assertThat(environment.problem()).isEmpty();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
