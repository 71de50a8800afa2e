package io.deformux.messaging.job;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a job may take.
 *
 * @param time of one start of a job; then it is cancelled and fails with {@code JOB_TIMED_OUT}
 * @param notice how long a cancelled job may take to notice, which between two windows of a slow network is minutes; then
 *     its outcome is published and the worker ended by {@code lastResort}
 * @param lastResort ends a process that cannot go on
 */
public record JobLimits(Duration time, Duration notice, LastResort lastResort) {
    /** The defaults: 12 h, 5 min, and no process is ended. */
    public static final JobLimits DEFAULT = new JobLimits(Duration.ofHours(12), Duration.ofMinutes(5), LastResort.NONE);

    /** Checked times. */
    public JobLimits {
        Objects.requireNonNull(lastResort, "lastResort");
        if (!isPositive(time) || !isPositive(notice)) {
            throw new IllegalArgumentException("a job's limits must be over 0 s, not " + time + " and " + notice);
        }
    }

    private static boolean isPositive(Duration one) {
        return !one.isNegative() && !one.isZero();
    }

    /** These with another end of a process that cannot go on. */
    public JobLimits endedBy(LastResort other) {
        return new JobLimits(time, notice, other);
    }

    /** These with another time. */
    public JobLimits withTime(Duration other) {
        return new JobLimits(other, notice, lastResort);
    }
}
