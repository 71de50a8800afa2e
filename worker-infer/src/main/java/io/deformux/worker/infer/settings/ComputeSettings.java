package io.deformux.worker.infer.settings;

import ai.djl.Device;
import io.deformux.network.Devices;
import io.deformux.network.MemoryBesideHeap;
import io.deformux.network.PrecisionChoice;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How a worker runs the network.
 *
 * @param device {@code cpu} or {@code cuda:N}
 * @param precision what it computes in
 * @param flips whether every window is predicted in its eight mirrorings and the probabilities averaged; takes eight
 *     times as long
 * @param skipEmptyWindows whether windows without any voxel above the preset's intensity window are background without
 *     being predicted; off in the reference, where such windows take part in the blending
 */
public record ComputeSettings(String device, PrecisionChoice precision, boolean flips, boolean skipEmptyWindows) {

    /** Throws {@link IllegalArgumentException} if there is no such device, or it does not compute so. */
    public ComputeSettings {
        Objects.requireNonNull(precision, "precision");
        if (precision.needsGpu() && !Devices.parse(device).isGpu()) {
            throw new IllegalArgumentException(
                    "a CPU does not compute in " + precision.wireName() + ": choose fp32, bf16 or auto, or a GPU");
        }
    }

    /** The fastest precision of that device, as the reference otherwise. */
    public static ComputeSettings on(String device) {
        return new ComputeSettings(device, PrecisionChoice.AUTO, false, false);
    }

    /** As {@link MemoryBesideHeap#of} of the device. */
    public OptionalLong nativeRoom() {
        return MemoryBesideHeap.of(parsedDevice());
    }

    public Device parsedDevice() {
        return Devices.parse(device);
    }
}
