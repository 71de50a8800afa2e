package io.deformux.network.cpu;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.deformux.network.weights.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A depthwise convolution of one map as PyTorch computes it on a CPU: what the kernel in Java is measured against. Owns native
 * memory; close it. One thread.
 */
public final class TorchDepthwiseConvolution implements AutoCloseable {

    /** How the map lies in memory. */
    public enum Layout {
        /** Channel by channel. */
        CHANNELS_FIRST,
        /** Voxel by voxel. */
        CHANNELS_LAST
    }

    private final Precision precision;
    private final TorchLayers torch = new TorchLayers();
    private final NDManager scope = torch.newScope();
    private final PtNDArray x;
    private final PtNDArray weight;
    private final PtNDArray bias;

    /**
     * A convolution with its input.
     *
     * @param values (c, n, n, n)
     * @param weights (c, 1, k, k, k)
     * @param biases (c)
     */
    public TorchDepthwiseConvolution(
            Layout layout, Precision precision, float[] values, float[] weights, float[] biases, int n, int k) {
        this.precision = precision;
        PtNDArray first = array(values, new Shape(1, biases.length, n, n, n));
        x = layout == Layout.CHANNELS_FIRST ? first : torch.channelsLast(first, scope);
        weight = array(weights, new Shape(biases.length, 1, k, k, k));
        bias = array(biases, new Shape(biases.length));
    }

    private PtNDArray array(float[] values, Shape shape) {
        PtNDArray array = (PtNDArray) scope.create(FloatBuffer.wrap(values), shape, DataType.FLOAT32);
        return precision == Precision.FP32 ? array : torch.cast(array, precision, scope);
    }

    /** Convolves once and forgets the result. */
    public void run() {
        convolve().close();
    }

    /** Convolves once: (c, n, n, n). */
    public float[] result() {
        try (PtNDArray y = convolve()) {
            float[] values = new float[Math.toIntExact(y.size())];
            ByteBuffer bytes = y.toByteBuffer(true).order(ByteOrder.nativeOrder());
            precision.get(bytes, values);
            return values;
        }
    }

    private PtNDArray convolve() {
        return torch.depthwise(scope, IValue.from(x), IValue.from(weight), IValue.from(bias));
    }

    @Override
    public void close() {
        scope.close();
        torch.close();
    }
}
