package io.deformux.standalone;

import io.deformux.worker.infer.InferenceWorker;
import java.time.Duration;

/** Keeps a worker running until it ends or the process is told to stop (SIGTERM, Ctrl-C), then stops it cleanly. */
final class RunUntilStopped {
    private RunUntilStopped() {}

    static void run(InferenceWorker worker, Duration grace, Runnable afterwards) throws InterruptedException {
        Thread hook = new Thread(
                () -> {
                    try {
                        worker.stop(grace);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        afterwards.run();
                    }
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        worker.join();
    }
}
