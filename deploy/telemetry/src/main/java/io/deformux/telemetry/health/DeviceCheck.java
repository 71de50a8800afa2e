package io.deformux.telemetry.health;

import ai.djl.Device;
import io.deformux.network.Devices;
import io.deformux.network.gpu.Gpus;
import java.util.Optional;

/** Whether a GPU answers its driver; a CPU always does. */
public final class DeviceCheck implements HealthCheck {
    private final Device device;
    private final Gpus gpus;

    /** A check of {@code cpu} or {@code cuda:N} of this machine. */
    public DeviceCheck(String name) {
        this(name, Gpus.ofThisMachine());
    }

    DeviceCheck(String name, Gpus gpus) {
        this.device = Devices.parse(name);
        this.gpus = gpus;
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
            gpus.free(device.getDeviceId());
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("DEVICE_UNUSABLE");
        }
    }
}
