package io.deformux.messaging;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The one thread on which a loop's jobs run. It stays the same for all of them: native libraries keep state per thread. */
final class JobThread implements AutoCloseable {
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "deformux-job");
        thread.setDaemon(true); // a job stuck in native code must not keep the process alive
        return thread;
    });

    /** Starts a job after the one before it has ended. */
    void start(JobRun run) {
        executor.execute(run);
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
