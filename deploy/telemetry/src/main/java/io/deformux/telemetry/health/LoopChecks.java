package io.deformux.telemetry.health;

import io.deformux.messaging.job.LoopHealth;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a job loop's health comes to. */
public final class LoopChecks {
    /** More than any call of a loop takes: publishing gives up after seconds, and waits between tries are 30 s at most. */
    private static final Duration LOOP_LIMIT = Duration.ofMinutes(3);

    private LoopChecks() {}

    /** The thread runs and comes round. */
    public static HealthCheck comesRound(String loop, BooleanSupplier runs, LoopHealth health) {
        return HealthCheck.of(loop, () -> {
            if (!runs.getAsBoolean()) {
                return Optional.of("LOOP_ENDED");
            }
            return health.silence().compareTo(LOOP_LIMIT) > 0 ? Optional.of("LOOP_HANGS") : Optional.empty();
        });
    }

    /** The running job gives signs, as each window and each step of a training does. */
    public static HealthCheck jobGivesSigns(String loop, LoopHealth health, Duration limit) {
        return HealthCheck.of(loop + ".job", () -> health.jobSilence()
                .filter(silence -> silence.compareTo(limit) > 0)
                .map(silence -> "JOB_HANGS"));
    }

    /** The loop does not wait for what its worker lacks; else the problem is the code of it. */
    public static HealthCheck lacksNothing(String loop, LoopHealth health) {
        return HealthCheck.of(loop + ".environment", () -> health.lack()
                .map(lack -> lack.code().name()));
    }
}
