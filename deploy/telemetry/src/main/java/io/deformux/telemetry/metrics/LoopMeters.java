package io.deformux.telemetry.metrics;

import io.deformux.failure.FailureClass;
import io.deformux.failure.FailureCode;
import io.deformux.messaging.job.LoopHealth;
import java.time.Duration;
import java.util.Arrays;

/** What a loop says of itself at every scrape. */
public final class LoopMeters {
    private LoopMeters() {}

    /** Tells of a loop from now on, by the name that the label {@code loop} has. */
    public static void bind(Meters meters, String loop, LoopHealth health) {
        meters.gauge(Metric.LOOP_SILENCE, () -> seconds(health.silence()), loop);
        meters.gauge(
                Metric.JOB_SILENCE,
                () -> health.jobSilence().map(LoopMeters::seconds).orElse(0.0),
                loop);
        Arrays.stream(FailureCode.values())
                .filter(code -> code.failureClass() == FailureClass.ENVIRONMENT)
                .forEach(code -> meters.gauge(Metric.PAUSED, () -> isFor(code, health) ? 1 : 0, loop, code.name()));
    }

    private static boolean isFor(FailureCode code, LoopHealth health) {
        return health.lack().filter(lack -> lack.code() == code).isPresent();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
