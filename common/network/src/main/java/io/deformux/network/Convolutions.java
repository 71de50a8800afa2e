package io.deformux.network;

import io.deformux.network.kernel.DenseConvolution;

/** A way to compute convolutions of maps that lie channels last. Owns native memory; close it. One thread. */
interface Convolutions extends AutoCloseable {

    /** Brings a convolution into memory; its weights are finite in the precision of the maps. */
    ConvolutionLayer layer(DenseConvolution convolution);

    @Override
    void close();
}
