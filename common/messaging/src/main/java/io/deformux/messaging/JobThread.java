package io.deformux.messaging;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One thread of a loop for work that its own must not wait for. It stays the same: native libraries keep state per thread. */
final class JobThread implements AutoCloseable {
    private final ExecutorService executor;

    JobThread(String name) {
        executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true); // a job stuck in native code must not keep the process alive
            return thread;
        });
    }

    /** Starts work after the one before it has ended; its log lines are about the caller's job. */
    void start(Runnable run) {
        executor.execute(LoggedJob.carried(run));
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
