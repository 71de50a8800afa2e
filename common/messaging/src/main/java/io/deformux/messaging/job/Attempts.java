package io.deformux.messaging.job;

import io.deformux.messaging.cluster.Backoff;
import java.time.Duration;
import java.util.Objects;

/**
 * How often a job is tried, and how long it waits in between.
 *
 * @param most how often a job is started at most, over all workers, while its failures may pass; 1 or more
 * @param crashes how many starts at most may have no end because the worker died or lost the job; 1 or more
 * @param waits between two attempts
 * @param environment between two looks whether what the worker lacks is there again
 * @param patience how long a job may be first in line while its worker lacks something; then the next one may try
 * @param lackLimit how long a job may wait in all for what its workers lack; then it fails
 */
public record Attempts(
        int most, int crashes, Backoff waits, Backoff environment, Duration patience, Duration lackLimit) {
    /**
     * The defaults: 12 attempts, with waits from 5 s to 5 min that make up about 30 minutes; 3 crashes; looks at the
     * environment after 2 s to 1 min; 10 min of patience; a week in all.
     */
    public static final Attempts DEFAULT = new Attempts(
            12,
            3,
            new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5)),
            new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1)),
            Duration.ofMinutes(10),
            Duration.ofDays(7));

    /** Checked numbers. */
    public Attempts {
        Objects.requireNonNull(waits, "waits");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(patience, "patience");
        Objects.requireNonNull(lackLimit, "lackLimit");
        if (most < 1 || crashes < 1) {
            throw new IllegalArgumentException(
                    "attempts and crashes must be 1 or more, not " + most + " and " + crashes);
        }
    }

    /** As many crashes as attempts, and the same waits for everything. */
    public Attempts(int most, Duration first, Duration longest) {
        this(
                most,
                most,
                new Backoff(first, longest),
                new Backoff(first, longest),
                DEFAULT.patience(),
                DEFAULT.lackLimit());
    }

    /** These with another number of crashes. */
    public Attempts withCrashes(int other) {
        return new Attempts(most, other, waits, environment, patience, lackLimit);
    }

    /** These with other looks at the environment. */
    public Attempts withEnvironment(Backoff other, Duration otherPatience) {
        return new Attempts(most, crashes, waits, other, otherPatience, lackLimit);
    }

    /** These with another limit on the time that a job may wait for what its workers lack. */
    public Attempts withLackLimit(Duration other) {
        return new Attempts(most, crashes, waits, environment, patience, other);
    }

    /** The waits of a job that was put off since its worker lacks something: from the longest look on. */
    public Backoff lackWaits() {
        Duration first = environment.longest();
        return new Backoff(first, first.compareTo(waits.longest()) > 0 ? first : waits.longest());
    }
}
