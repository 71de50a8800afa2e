package io.deformux.messaging;

import java.time.Duration;

/** A point in time by the clock that never jumps. */
final class Deadline {
    private final long begin = System.nanoTime();
    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    static Deadline in(Duration duration) {
        return new Deadline(duration.toNanos());
    }

    boolean isOver() {
        return System.nanoTime() - begin >= nanos;
    }
}
