package io.deformux.network.cpu;

import ai.djl.ndarray.NDManager;
import io.deformux.network.kernel.DenseConvolution;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.weights.Precision;
import java.nio.FloatBuffer;

/**
 * A convolution of one map, channels last, as PyTorch computes it: what the kernels in Java are measured against. Owns
 * native memory; close it. One thread.
 */
public final class TorchConvolution implements AutoCloseable {
    private final TorchLayers torch = new TorchLayers();
    private final NDManager scope = torch.newScope();
    private final Convolutions convolutions;
    private final ConvolutionLayer layer;
    private final FeatureMap x;

    /**
     * A convolution without bias with its input.
     *
     * @param values (inputs, n, n, n)
     * @param weight (outputs, inputs, k, k, k)
     */
    public TorchConvolution(
            Precision precision,
            float[] values,
            float[] weight,
            int n,
            int outputs,
            int inputs,
            int k,
            int stride,
            int padding) {
        int[] shape = {outputs, inputs, k, k, k};
        convolutions = new TorchConvolutions(precision, torch, scope);
        layer = convolutions.layer(DenseConvolution.of("bench", weight, new float[0], shape, stride, padding));
        x = torch.blank(precision, n, n, n, inputs, scope);
        x.view().setPlanar(FloatBuffer.wrap(values), Kernels.plain());
    }

    /** Convolves once and forgets the result. */
    public void run() {
        layer.apply(x, scope).close();
    }

    @Override
    public void close() {
        convolutions.close();
        torch.close();
    }
}
