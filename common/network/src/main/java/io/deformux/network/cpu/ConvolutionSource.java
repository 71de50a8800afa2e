package io.deformux.network.cpu;

import io.deformux.network.kernel.Kernels;

/** Where a pass on the CPU gets its convolutions from. */
@FunctionalInterface
public interface ConvolutionSource {

    /** Convolutions that live as long as the layers do; the caller closes them first. */
    Convolutions convolutions(TorchLayers torch, Kernels kernels);
}
