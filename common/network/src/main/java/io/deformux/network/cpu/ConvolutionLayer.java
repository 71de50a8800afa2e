package io.deformux.network.cpu;

import ai.djl.ndarray.NDManager;
import io.deformux.network.kernel.DenseConvolution;

/** A convolution with its weights in memory, ready to be applied. It lives as long as the {@link Convolutions} it came from. */
public interface ConvolutionLayer {

    /** Convolves a map; the result lives in {@code scope} and belongs to the caller. */
    FeatureMap apply(FeatureMap x, NDManager scope);

    /** What it computes; not after {@link Convolutions#proven()}. */
    DenseConvolution plain();
}
