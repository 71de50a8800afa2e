package io.deformux.messaging.member;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Notices that the wall clock was set back. Kafka's clients measure by it how long they wait, and never let their own time
 * go back: a call in which they wait, and each heartbeat, is late by as much as the clock was set. For all threads.
 */
final class ClockWatch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Less is no harm. */
    private static final Duration BEARABLE = Duration.ofSeconds(1);

    private final LongSupplier wallMillis;
    private final LongSupplier steadyNanos;
    private final Runnable setBack;
    private final ScheduledExecutorService looks;
    private long ahead;
    private boolean wasSetBack;

    /**
     * A watch that does not look by itself.
     *
     * @param wallMillis as {@link System#currentTimeMillis}
     * @param steadyNanos as {@link System#nanoTime}, which nobody sets
     * @param setBack called once, on the watch's own thread
     */
    ClockWatch(LongSupplier wallMillis, LongSupplier steadyNanos, Runnable setBack) {
        this.wallMillis = Objects.requireNonNull(wallMillis, "wallMillis");
        this.steadyNanos = Objects.requireNonNull(steadyNanos, "steadyNanos");
        this.setBack = Objects.requireNonNull(setBack, "setBack");
        looks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "deformux-clock");
            thread.setDaemon(true);
            return thread;
        });
        ahead = ahead();
    }

    /** A watch of this machine's clock. */
    static ClockWatch start(Runnable setBack) {
        ClockWatch watch = new ClockWatch(System::currentTimeMillis, System::nanoTime, setBack);
        watch.looks.scheduleWithFixedDelay(watch::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Compares the clocks. */
    void look() {
        if (isSetBackFirst()) {
            setBack.run();
        }
    }

    private synchronized boolean isSetBackFirst() {
        long now = ahead();
        boolean back = now < ahead - BEARABLE.toMillis();
        ahead = now;
        boolean first = back && !wasSetBack;
        wasSetBack |= back;
        return first;
    }

    /** By how many ms the one clock is ahead of the other. */
    private long ahead() {
        return wallMillis.getAsLong() - TimeUnit.NANOSECONDS.toMillis(steadyNanos.getAsLong());
    }

    /** Whether it was, since this watch began. */
    synchronized boolean wasSetBack() {
        return wasSetBack;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
