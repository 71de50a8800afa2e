package io.deformux.network.cpu;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.kernel.DenseConvolution;
import io.deformux.network.weights.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** PyTorch's convolutions, on the CPU: oneDNN where it is on. */
public final class TorchConvolutions implements Convolutions {
    private final Precision precision;
    private final TorchLayers torch;
    private final NDManager weights;
    private final PtNDArray noBias;

    /**
     * Convolutions of maps in that precision.
     *
     * @param scope the weights live below it
     */
    public TorchConvolutions(Precision precision, TorchLayers torch, NDManager scope) {
        this.precision = precision;
        this.torch = torch;
        this.weights = scope.newSubManager();
        this.noBias = (PtNDArray) weights.create(new Shape(0));
    }

    @Override
    public ConvolutionLayer layer(DenseConvolution c) {
        if (c.pointwise() && c.bias().length == 0) {
            try (PtNDArray rows = array(c.weight(), new Shape(c.outputs(), c.inputs()));
                    NDArray columns = rows.transpose()) {
                return new Matrix(c, columns.duplicate());
            }
        }
        PtNDArray laidOut = array(c.weight(), new Shape(c.outputs(), c.size(), c.size(), c.size(), c.inputs()));
        PtNDArray bias = c.bias().length == 0 ? noBias : array(c.bias(), new Shape(c.outputs()));
        return new Dense(c, laidOut, (PtNDArray) laidOut.transpose(0, 4, 1, 2, 3), bias);
    }

    /** The proof takes weights as they lie in memory, so they must be those that were given. */
    private PtNDArray array(float[] values, Shape shape) {
        PtNDArray array = (PtNDArray) weights.create(FloatBuffer.wrap(values), shape, DataType.FLOAT32);
        if (precision != Precision.FP32) {
            try (PtNDArray floats = array) {
                array = torch.cast(floats, precision, weights);
            }
        }
        if (!Arrays.equals(floats(array), values)) {
            throw new JobException(
                    FailureCode.ARITHMETIC_UNPROVEN, "PyTorch does not hold the weights that it was given");
        }
        return array;
    }

    private float[] floats(NDArray array) {
        float[] values = new float[Math.toIntExact(array.size())];
        ByteBuffer bytes = array.toByteBuffer(true).order(ByteOrder.nativeOrder());
        precision.get(bytes, values);
        return values;
    }

    @Override
    public void close() {
        weights.close();
    }

    /** Numbers of a convolution without its arrays, which lie in native memory. */
    private abstract class Layer implements ConvolutionLayer {
        private final String name;
        private final int outputs;
        private final int inputs;
        private final int size;
        final int stride;
        final int padding;

        Layer(DenseConvolution c) {
            this.name = c.name();
            this.outputs = c.outputs();
            this.inputs = c.inputs();
            this.size = c.size();
            this.stride = c.stride();
            this.padding = c.padding();
        }

        DenseConvolution plain(float[] weight, float[] bias) {
            return new DenseConvolution(name, weight, bias, outputs, inputs, size, stride, padding);
        }
    }

    /** The general form: weights laid out as the maps are, and seen as PyTorch wants to see them. */
    private final class Dense extends Layer {
        private final PtNDArray laidOut;
        private final PtNDArray weight;
        private final PtNDArray bias;

        Dense(DenseConvolution c, PtNDArray laidOut, PtNDArray weight, PtNDArray bias) {
            super(c);
            this.laidOut = laidOut;
            this.weight = weight;
            this.bias = bias;
        }

        @Override
        public FeatureMap apply(FeatureMap x, NDManager scope) {
            return new FeatureMap(
                    torch.convolve(
                            scope,
                            IValue.from(x.array()),
                            IValue.from(weight),
                            IValue.from(bias),
                            IValue.from(stride),
                            IValue.from(padding)),
                    precision);
        }

        @Override
        public DenseConvolution plain() {
            return plain(floats(laidOut), floats(bias));
        }
    }

    /** One of single voxels: a matrix (in, out). */
    private final class Matrix extends Layer {
        private final NDArray matrix;

        Matrix(DenseConvolution c, NDArray matrix) {
            super(c);
            this.matrix = matrix;
        }

        @Override
        public FeatureMap apply(FeatureMap x, NDManager scope) {
            return x.times(matrix);
        }

        @Override
        public DenseConvolution plain() {
            try (NDArray transposed = matrix.transpose();
                    NDArray rows = transposed.duplicate()) {
                return plain(floats(rows), new float[0]);
            }
        }
    }
}
