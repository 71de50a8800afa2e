package io.deformux.messaging.job;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that made it, once its time is over and unless it was closed before. */
final class StageTimer implements AutoCloseable {
    private final Thread worker = Thread.currentThread();
    private final Future<?> pending;
    private boolean over;
    private boolean closed;

    StageTimer(Duration limit) {
        pending = CompletableFuture.runAsync(
                this::end, CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    private synchronized void end() {
        if (!closed) {
            over = true;
            worker.interrupt();
        }
    }

    /** Whether it has interrupted. */
    synchronized boolean isOver() {
        return over;
    }

    /** On the thread that made it: an interrupt of this timer is not for what comes next. */
    @Override
    public synchronized void close() {
        closed = true;
        pending.cancel(false);
        if (over) {
            Thread.interrupted();
        }
    }
}
