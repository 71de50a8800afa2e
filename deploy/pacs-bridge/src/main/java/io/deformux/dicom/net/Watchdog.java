package io.deformux.dicom.net;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections on which something takes too long, whether it is to read or to write (the ARTIM timer of PS3.8 section
 * 9.1.5, and one for each PDU). For all threads; one of its own.
 */
public final class Watchdog implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;

    /** Nothing is watched yet. */
    public Watchdog() {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "dicom-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** While this is open, time runs. */
    record Watch(Future<?> task) implements AutoCloseable {
        @Override
        public void close() {
            task.cancel(false);
        }

        /** Whether time was up. */
        boolean isOver() {
            return task.isDone() && !task.isCancelled();
        }
    }

    /** Closes the connection after so long, unless the watch is closed before. */
    Watch on(Socket connection, Duration longest) {
        return new Watch(timer.schedule(() -> close(connection), longest.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static void close(Socket connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
