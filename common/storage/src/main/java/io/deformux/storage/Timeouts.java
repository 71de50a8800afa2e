package io.deformux.storage;

import java.time.Duration;

/**
 * How long a storage may keep a job waiting.
 *
 * @param connect until a connection stands
 * @param stall between any two signs of life: until an answer begins, and between two pieces of it
 */
public record Timeouts(Duration connect, Duration stall) {
    /** 10 s to connect; a minute of silence, which an archive may take to find a series on slow disks. */
    public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(60));

    /** Checks that both are positive; throws {@link IllegalArgumentException} otherwise. */
    public Timeouts {
        if (connect.isNegative() || connect.isZero() || stall.isNegative() || stall.isZero()) {
            throw new IllegalArgumentException("timeouts must be positive");
        }
    }
}
