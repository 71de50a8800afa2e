package io.deformux.network;

import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.torchscript.CountedNetwork;

/** The work of a network: what papers call its FLOPs. */
public final class MultiplyAccumulates {
    private MultiplyAccumulates() {}

    /**
     * The multiply-accumulates of convolutions, linear layers and matrix products for one window; a transposed convolution at the
     * size of its input. Computes no values.
     *
     * @param d the window's size in voxels; likewise {@code h} and {@code w}
     * @throws IllegalArgumentException if the network does not take that size
     */
    public static long of(NetworkConfig config, int d, int h, int w) {
        config.requireSize(d, h, w);
        return CountedNetwork.of(config.countedProgram(), config.inChannels(), d, h, w)
                .multiplyAccumulates();
    }
}
