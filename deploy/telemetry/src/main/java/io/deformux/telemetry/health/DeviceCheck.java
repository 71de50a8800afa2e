package io.deformux.telemetry.health;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import io.deformux.network.Devices;
import java.util.Optional;

/** Whether a GPU answers its driver; a CPU always does. */
public final class DeviceCheck implements HealthCheck {
    private final Device device;

    /** A check of {@code cpu} or {@code cuda:N}. */
    public DeviceCheck(String name) {
        this.device = Devices.parse(name);
    }

    @Override
    public String name() {
        return "device";
    }

    @Override
    public Optional<String> problem() {
        if (!device.isGpu()) {
            return Optional.empty();
        }
        try {
            return CudaUtils.getGpuMemory(device).getMax() > 0 ? Optional.empty() : Optional.of("DEVICE_UNUSABLE");
        } catch (RuntimeException | LinkageError e) {
            return Optional.of("DEVICE_UNUSABLE");
        }
    }
}
