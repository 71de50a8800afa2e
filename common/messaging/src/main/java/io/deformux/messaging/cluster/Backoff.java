package io.deformux.messaging.cluster;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Waits that double up to a bound. Each is drawn from around its length, so that those who failed together do not come
 * back together.
 *
 * @param first the first wait
 * @param longest no wait is longer
 */
public record Backoff(Duration first, Duration longest) {
    private static final double SHORTEST = 0.75;
    private static final double SPREAD = 0.5;
    private static final int MOST_DOUBLINGS = 30;

    /** Checks that no wait is negative. */
    public Backoff {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(longest, "longest");
        if (first.isNegative() || longest.isNegative()) {
            throw new IllegalArgumentException("a wait must not be negative");
        }
    }

    /** Wait number {@code n}, 1 for the first. */
    public Duration delay(int n) {
        return delay(n, ThreadLocalRandom.current().nextDouble());
    }

    /** As {@link #delay(int)}, with its place between the shortest (0) and the longest (1) that may be drawn. */
    public Duration delay(int n, double place) {
        Duration even = shorter(first.multipliedBy(1L << Math.min(Math.max(n, 1) - 1, MOST_DOUBLINGS)));
        return shorter(Duration.ofNanos((long) (even.toNanos() * (SHORTEST + SPREAD * place))));
    }

    private Duration shorter(Duration wait) {
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
