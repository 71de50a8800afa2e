package io.deformux.telemetry.metrics;

import ai.djl.Device;
import com.sun.management.OperatingSystemMXBean;
import io.deformux.network.Devices;
import io.deformux.network.gpu.Gpu;
import io.deformux.network.gpu.Gpus;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JVM, the process and the device. */
public final class MachineMeters implements AutoCloseable {
    private static final long KIB = 1024;

    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** Tells of them from now on. */
    public MachineMeters(Meters meters) {
        collections.bindTo(meters.registry());
        new JvmMemoryMetrics().bindTo(meters.registry());
        new JvmThreadMetrics().bindTo(meters.registry());
        new ProcessorMetrics().bindTo(meters.registry());
        // Micrometer's own has no unit in its name when it is asked for, so the catalogue does not know it.
        meters.gauge(Metric.UPTIME, () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        new FileDescriptorMetrics().bindTo(meters.registry());
    }

    /** Tells of a device too: {@code cpu} or {@code cuda:N}. */
    public static void bindDevice(Meters meters, String name) {
        Device device = Devices.parse(name);
        String label = Devices.name(device);
        if (device.isGpu()) {
            Gpus gpus = Gpus.ofThisMachine();
            int index = device.getDeviceId();
            meters.gauge(Metric.DEVICE_MEMORY_USED, () -> size(gpus, index) - free(gpus, index), label);
            meters.gauge(Metric.DEVICE_MEMORY_SIZE, () -> size(gpus, index), label);
        } else {
            meters.gauge(Metric.DEVICE_MEMORY_USED, MachineMeters::resident, label);
            meters.gauge(
                    Metric.DEVICE_MEMORY_SIZE,
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getTotalMemorySize,
                    label);
        }
    }

    private static double size(Gpus gpus, int index) {
        return gpus.all().stream()
                .filter(gpu -> gpu.index() == index)
                .mapToDouble(Gpu::memory)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double free(Gpus gpus, int index) {
        try {
            return gpus.free(index);
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    /** From Linux; NaN elsewhere. */
    private static double resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        collections.close();
    }
}
