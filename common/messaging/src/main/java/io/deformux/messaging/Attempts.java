package io.deformux.messaging;

import java.time.Duration;
import java.util.Objects;

/**
 * How often a job is tried.
 *
 * @param most how often a job is started at most, over all workers; 1 or more
 * @param delay wait before the second attempt; doubles with each further attempt
 * @param longestDelay the longest wait between two attempts
 */
public record Attempts(int most, Duration delay, Duration longestDelay) {

    /** Checked numbers. */
    public Attempts {
        Objects.requireNonNull(delay, "delay");
        Objects.requireNonNull(longestDelay, "longestDelay");
        if (most < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more, not " + most);
        }
    }

    /** The wait before attempt {@code attempt}, 2 or more. */
    Duration delayBefore(int attempt) {
        Duration doubled = delay.multipliedBy(1L << Math.min(attempt - 2, 30));
        return doubled.compareTo(longestDelay) < 0 ? doubled : longestDelay;
    }
}
