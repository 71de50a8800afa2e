package io.deformux.messaging;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a loop to stop, and until when it may go on with what it is doing. For all threads. */
final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);
    private volatile long deadline;

    /** Asks to stop within {@code grace}; only the first call counts. */
    synchronized void request(Duration grace) {
        if (!isRequested()) {
            deadline = System.nanoTime() + grace.toNanos();
            requested.countDown();
        }
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Whether the grace time is over. */
    boolean isDue() {
        return isRequested() && System.nanoTime() - deadline >= 0;
    }

    /** Waits, but not longer than until a stop is asked for. */
    void pause(Duration duration) throws InterruptedException {
        requested.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
