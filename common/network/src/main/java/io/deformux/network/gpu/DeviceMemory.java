package io.deformux.network.gpu;

import ai.djl.Device;
import java.util.OptionalLong;

/** How much memory devices have left. */
@FunctionalInterface
public interface DeviceMemory {

    /** Bytes that nobody has taken; empty where the memory is the machine's, or nobody tells. */
    OptionalLong free(Device device);

    /** Of this machine. */
    static DeviceMemory ofThisMachine() {
        return of(Gpus.ofThisMachine());
    }

    /** Of these GPUs. */
    static DeviceMemory of(Gpus gpus) {
        return device -> {
            if (!device.isGpu()) {
                return OptionalLong.empty();
            }
            try {
                return OptionalLong.of(gpus.free(device.getDeviceId()));
            } catch (GpuException e) {
                return OptionalLong.empty();
            }
        };
    }
}
