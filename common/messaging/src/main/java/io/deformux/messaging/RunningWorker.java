package io.deformux.messaging;

import java.time.Duration;

/** A worker that takes jobs on threads of its own, from when it was started until it is stopped. For all threads. */
public interface RunningWorker extends AutoCloseable {

    /**
     * Stops: a running job may end within {@code grace}, then it is given back to the queue.
     *
     * @return whether the worker has ended
     */
    boolean stop(Duration grace) throws InterruptedException;

    /** Whether its threads run. */
    boolean isAlive();

    /** Waits until the worker has ended, which it does after {@link #stop}. */
    void join() throws InterruptedException;

    /** Stops without grace: a running job goes back to the queue. */
    @Override
    default void close() {
        try {
            stop(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
