package io.deformux.network.architecture.layered;

import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.proof.ArithmeticProof;
import java.nio.FloatBuffer;

/** The layers of a network and their order. It owns what is not the convolutions'; close it. One thread. */
interface LayeredForward extends AutoCloseable {

    /**
     * Predicts.
     *
     * @param image (d, h, w, inChannels), closed when it is no longer needed
     * @param logits takes (outChannels, d, h, w) from value {@code first} on
     */
    void run(FeatureMap image, LayerRun run, FloatBuffer logits, int first);

    /**
     * Checks what {@code run} computes without anybody seeing it.
     *
     * @param image (inChannels, d, h, w)
     */
    void prove(FloatBuffer image, int d, int h, int w, ArithmeticProof proof);

    /**
     * What computes it, for logs.
     *
     * @param kernels what is between the convolutions
     */
    String name(Kernels kernels);

    @Override
    void close();
}
