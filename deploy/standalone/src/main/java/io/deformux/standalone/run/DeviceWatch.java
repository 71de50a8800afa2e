package io.deformux.standalone.run;

import io.deformux.network.Devices;
import io.deformux.network.gpu.Gpus;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the driver now and then whether a GPU still answers, and ends the process if it does not: within a process nothing brings it
 * back. On a CPU it does nothing. Its thread is a daemon.
 */
public final class DeviceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceWatch.class);
    private static final Duration PACE = Duration.ofSeconds(15);
    /** Looks in a row that fail before it counts as lost: a driver may be busy once. */
    private static final int FAILURES = 3;

    private final int index;
    private final Gpus gpus;
    private final Runnable lost;
    private int failures;

    DeviceWatch(int index, Gpus gpus, Runnable lost) {
        this.index = index;
        this.gpus = gpus;
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
            DeviceWatch watch = new DeviceWatch(Devices.parse(device).getDeviceId(), Gpus.ofThisMachine(), lost);
            ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "device-watch");
                thread.setDaemon(true);
                return thread;
            });
            pace.scheduleWithFixedDelay(watch::look, PACE.toMillis(), PACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Looks once. */
    void look() {
        try {
            gpus.free(index);
            failures = 0;
        } catch (RuntimeException e) {
            failures++;
            LOG.error("cuda:{} does not answer ({} of {}): {}", index, failures, FAILURES, e.getMessage());
            if (failures == FAILURES) {
                lost.run();
            }
        }
    }
}
