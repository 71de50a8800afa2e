package io.deformux.messaging.job;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that made it, once its time is over and unless it was closed before. Nothing is kept of one that was
 * closed: a future that completes takes its timeout along, one that is cancelled would leave it until its time is over.
 */
final class StageTimer implements AutoCloseable {
    private final Thread worker = Thread.currentThread();
    private final CompletableFuture<Boolean> ending = new CompletableFuture<>();
    private boolean over;
    private boolean closed;

    StageTimer(Duration limit) {
        ending.completeOnTimeout(true, limit.toMillis(), TimeUnit.MILLISECONDS).thenAccept(this::end);
    }

    private synchronized void end(boolean timeIsUp) {
        if (timeIsUp && !closed) {
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
        ending.complete(false);
        if (over) {
            Thread.interrupted();
        }
    }
}
