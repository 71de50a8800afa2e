package io.deformux.standalone.run;

import io.deformux.network.Devices;
import io.deformux.network.gpu.Gpus;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the driver now and then whether a GPU still answers, and ends the process if it does not: within a process nothing brings it
 * back. A call that does not return counts as no answer. On a CPU it does nothing. Its threads are daemons.
 */
public final class DeviceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceWatch.class);
    private static final Duration PACE = Duration.ofSeconds(15);
    /** Looks in a row that fail before it counts as lost: a driver may be busy once. */
    private static final int FAILURES = 3;

    private final int index;
    private final Gpus gpus;
    private final Duration limit;
    private final Runnable lost;
    private final ExecutorService calls = Executors.newSingleThreadExecutor(daemon("device-look"));
    private int failures;

    /**
     * A watch of one GPU.
     *
     * @param limit how long a look may take
     */
    DeviceWatch(int index, Gpus gpus, Duration limit, Runnable lost) {
        this.index = index;
        this.gpus = gpus;
        this.limit = limit;
        this.lost = lost;
    }

    /**
     * Watches a device of this machine from now on.
     *
     * @param device {@code cpu} or {@code cuda:N}
     * @param lost ends the process
     */
    public static void start(String device, Runnable lost) {
        if (Devices.parse(device).isGpu()) {
            DeviceWatch watch = new DeviceWatch(
                    Devices.parse(device).getDeviceId(), Gpus.ofThisMachine(), PACE.multipliedBy(FAILURES), lost);
            Executors.newSingleThreadScheduledExecutor(daemon("device-watch"))
                    .scheduleWithFixedDelay(watch::look, PACE.toMillis(), PACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Looks once. */
    void look() {
        try {
            calls.submit(() -> gpus.free(index)).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            failures = 0;
        } catch (ExecutionException e) {
            failures++;
            LOG.error(
                    "cuda:{} does not answer ({} of {}): {}",
                    index,
                    failures,
                    FAILURES,
                    e.getCause().getMessage());
            if (failures == FAILURES) {
                lost.run();
            }
        } catch (TimeoutException e) {
            LOG.error("a call of the driver of cuda:{} has not returned for {} s", index, limit.toSeconds());
            lost.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
