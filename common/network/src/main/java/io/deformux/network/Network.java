package io.deformux.network;

import io.deformux.network.architecture.NetworkConfig;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** A network that predicts. One thread at a time. */
public interface Network {

    /** The configuration it was loaded with. */
    NetworkConfig config();

    /**
     * Predicts {@code n} images.
     *
     * @param image (n, inChannels, d, h, w) from position to limit, last axis fastest; direct or not (DJL copies it
     *     once, which takes a thousandth of the prediction)
     * @param n the batch size; likewise the spatial sizes, in voxels: multiples of 16, not 16 along all three axes
     * @param logits takes (n, outChannels, d, h, w) from position 0; the buffer is a view of native memory, valid only
     *     during that call
     * @throws IllegalArgumentException if the sizes do not fit the network or the buffer
     * @throws io.deformux.failure.JobException {@code DEVICE_OUT_OF_MEMORY}, {@code DEVICE_FAILED} or {@code NETWORK_FAILED}
     */
    void forward(FloatBuffer image, int n, int d, int h, int w, Consumer<FloatBuffer> logits);
}
