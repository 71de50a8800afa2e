package io.deformux.network.cpu;

import io.deformux.network.kernel.DenseConvolution;

/** A way to compute convolutions of maps that lie channels last. Owns native memory; close it. One thread. */
public interface Convolutions extends AutoCloseable {

    /** Brings a convolution into memory; its weights are finite in the precision of the maps. */
    ConvolutionLayer layer(DenseConvolution convolution);

    /** The layers have been proven: what only {@link ConvolutionLayer#plain()} needs is let go. */
    default void proven() {}

    @Override
    void close();
}
