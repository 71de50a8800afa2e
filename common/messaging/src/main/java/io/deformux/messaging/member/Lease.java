package io.deformux.messaging.member;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Until when a worker's job is surely its own, by its own clock.
 *
 * <p>Kafka gives the job away when it has heard nothing for the session timeout, and tells the worker so only when it
 * hears from it again. So the worker counts for itself, from the moment at which it sent what Kafka has confirmed: a sixth
 * of the session timeout earlier than Kafka, for the step that it is in the middle of.
 *
 * <p>Renewed by the loop's thread, asked by the job's. For all threads.
 */
public final class Lease {
    private final long nanos;
    private final LongSupplier clock;
    private long end;

    /**
     * A lease that has run out.
     *
     * @param sessionTimeout the group's
     * @param clock ns, goes on while the process is stopped
     */
    Lease(Duration sessionTimeout, LongSupplier clock) {
        this.nanos = sessionTimeout.toNanos() / 6 * 5;
        this.clock = Objects.requireNonNull(clock, "clock");
        this.end = clock.getAsLong();
    }

    /** Kafka has confirmed what was sent at {@code sent} (ns) or later. */
    synchronized void renew(long sent) {
        if (sent + nanos - end > 0) {
            end = sent + nanos;
            notifyAll();
        }
    }

    public synchronized boolean holds() {
        return clock.getAsLong() - end < 0;
    }

    /** Waits up to {@code limit} for one that has run out to be renewed; whether it holds. */
    public synchronized boolean await(Duration limit) throws InterruptedException {
        if (!holds()) {
            wait(Math.max(1, limit.toMillis()));
        }
        return holds();
    }
}
