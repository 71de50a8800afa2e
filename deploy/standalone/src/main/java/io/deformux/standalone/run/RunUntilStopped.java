package io.deformux.standalone.run;

import io.deformux.messaging.RunningWorker;
import io.deformux.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;

/** Keeps workers running until they end or the process is told to stop (SIGTERM, Ctrl-C), then stops them cleanly. */
public final class RunUntilStopped {
    private RunUntilStopped() {}

    /** Returns when all have ended. {@code telemetry} says when they stop and is closed when they have. */
    public static void run(List<RunningWorker> workers, Duration grace, Telemetry telemetry, Runnable afterwards)
            throws InterruptedException {
        run(workers, grace, telemetry::stopping, () -> {
            afterwards.run();
            telemetry.close();
        });
        telemetry.close();
    }

    /** Returns when all have ended; {@code afterwards} runs when the process is told to stop, after the workers are. */
    public static void run(List<RunningWorker> workers, Duration grace, Runnable afterwards)
            throws InterruptedException {
        run(workers, grace, () -> {}, afterwards);
    }

    private static void run(List<RunningWorker> workers, Duration grace, Runnable stopping, Runnable afterwards)
            throws InterruptedException {
        Thread hook = new Thread(
                () -> {
                    try {
                        stopping.run();
                        stop(workers, grace);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        afterwards.run();
                    }
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        for (RunningWorker worker : workers) {
            worker.join();
        }
    }

    /** All at once: the grace time is one for all. */
    private static void stop(List<RunningWorker> workers, Duration grace) throws InterruptedException {
        List<Thread> stopping = workers.stream()
                .map(worker -> new Thread(() -> stop(worker, grace)))
                .toList();
        stopping.forEach(Thread::start);
        for (Thread each : stopping) {
            each.join();
        }
    }

    private static void stop(RunningWorker worker, Duration grace) {
        try {
            worker.stop(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
