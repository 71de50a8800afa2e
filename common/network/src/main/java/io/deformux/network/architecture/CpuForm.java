package io.deformux.network.architecture;

import io.deformux.network.cpu.ConvolutionSource;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;

/** A network as it is computed on a CPU, layer by layer: the fast twin of its TorchScript. */
public interface CpuForm {

    /**
     * The network prepared to predict.
     *
     * @param weights must fit
     * @param precision what the maps are stored as
     * @param source computes the convolutions
     */
    ForwardPass predicting(Weights weights, Precision precision, ConvolutionSource source, Kernels kernels);
}
