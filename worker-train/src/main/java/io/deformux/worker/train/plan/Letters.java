package io.deformux.worker.train.plan;

import java.util.concurrent.atomic.AtomicInteger;

/** How large a dead letter may be on this cluster: a guess that is halved when Kafka refuses one. For all threads. */
final class LetterLimit {
    private static final int FIRST = 1_000_000;
    /** A letter without its record is smaller. */
    private static final int LAST = 16_000;

    private final AtomicInteger bytes = new AtomicInteger(FIRST);

    int bytes() {
        return bytes.get();
    }

    void lower() {
        bytes.updateAndGet(limit -> Math.max(LAST, limit / 2));
    }
}
