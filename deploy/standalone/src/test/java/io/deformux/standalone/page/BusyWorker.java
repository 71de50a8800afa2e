package io.deformux.standalone.page;

import io.deformux.messaging.event.EventPublisher;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells ten times a second how far the job {@code busy} is, on a thread of its own, until it is closed. */
final class BusyWorker implements AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    BusyWorker(EventPublisher publisher) {
        AtomicInteger steps = new AtomicInteger();
        thread.scheduleWithFixedDelay(
                () -> publisher.publish(ShownResults.progress("busy", 1 + steps.getAndIncrement() % 9)),
                0,
                100,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
