package io.deformux.network;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.deformux.network.Layers.Convolution;
import io.deformux.network.kernel.MapView;

/**
 * A convolution of one map, channels last, as PyTorch computes it: what the kernels in Java are measured against. Owns
 * native memory; close it. One thread.
 */
public final class TorchConvolution implements AutoCloseable {
    private final Layers layers = new Layers();
    private final NDManager scope = TorchEngine.start().newBaseManager();
    private final Convolution convolution;
    private final FeatureMap x;

    /**
     * A convolution without bias with its input, (n, n, n, inputs).
     *
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
        DataType type = precision == Precision.BF16 ? DataType.BFLOAT16 : DataType.FLOAT32;
        convolution = layers.of(
                scope.create(weight, new Shape(outputs, inputs, k, k, k)).toType(type, true),
                scope.create(new Shape(0)).toType(type, true),
                stride,
                padding);
        x = new FeatureMap(
                (PtNDArray) scope.create(values, new Shape(1, n, n, n, inputs)).toType(type, true), precision);
    }

    /** Convolves once and forgets the result. */
    public void run() {
        try (NDManager call = scope.newSubManager()) {
            layers.convolve(x, convolution, call).close();
        }
    }

    /** The input. */
    public MapView x() {
        return x.view();
    }

    @Override
    public void close() {
        scope.close();
        layers.close();
    }
}
