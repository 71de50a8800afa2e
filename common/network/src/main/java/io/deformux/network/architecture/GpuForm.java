package io.deformux.network.architecture;

import io.deformux.network.gpu.DeviceLayers;
import io.deformux.network.gpu.MapKernels;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;

/** A network as it is computed on a GPU, layer by layer with kernels of our own: the fast twin of its TorchScript. */
public interface GpuForm {

    /** Whether the kernels take maps of its channels in that precision. */
    boolean suits(Precision precision);

    /**
     * The network prepared to predict.
     *
     * @param weights must fit
     * @param precision what the maps are stored as, which must suit
     * @param layers compute convolutions; the pass owns them
     * @param kernels compute what is between them, on the layers' device; the pass owns them
     * @param mode tells PyTorch before each call how to compute
     */
    DevicePass predicting(Weights weights, Precision precision, DeviceLayers layers, MapKernels kernels, Runnable mode);
}
