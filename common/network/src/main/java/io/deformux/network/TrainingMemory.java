package io.deformux.network;

import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.torchscript.CountedNetwork;

/**
 * An estimate of what a training step takes beside Java's heap, as nnU-Net estimates it: by the values that convolutions,
 * linear layers and matrix products put out.
 *
 * @param weights values of the network
 * @param perCrop values that it puts out for one crop
 */
public record TrainingMemory(long weights, long perCrop) {
    /** Weights, gradients and two moments. */
    private static final int COPIES_OF_WEIGHTS = 4;

    /** nnU-Net takes 560 million values for 8 GB: the output, what a norm and an activation make of it, gradients. */
    private static final double BYTES_PER_VALUE = 8e9 / 560e6;

    /**
     * Counts by sizes alone.
     *
     * @param d a crop's size in voxels; likewise {@code h} and {@code w}
     * @throws IllegalArgumentException if the network does not take that size
     */
    public static TrainingMemory of(NetworkConfig config, int d, int h, int w) {
        config.requireSize(d, h, w);
        return new TrainingMemory(
                config.modules().count(),
                CountedNetwork.of(config.countedProgram(), config.inChannels(), d, h, w)
                        .values());
    }

    /** Bytes for a batch of crops. */
    public long bytes(int crops) {
        return COPIES_OF_WEIGHTS * Float.BYTES * weights + (long) (crops * perCrop * BYTES_PER_VALUE);
    }
}
