package io.deformux.network.architecture.deformux;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.torchscript.TorchScriptProgram;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * The deformable convolution by itself as PyTorch computes it: what the Java kernels are measured against. Owns native
 * memory; close it. One thread.
 */
public final class TorchDeformableConvolution implements AutoCloseable {
    private final TorchScriptModule module;
    private final NDManager scope;
    private final NDList inputs;

    /** Which form of the operator. */
    public enum Form {
        /** The one that models carry ({@code operator.py}): exact gradients, any device. */
        MODEL("operator.py"),
        /** One {@code grid_sample} per tap, as a direct port computes it. */
        GRID_SAMPLE("grid_sample.py");

        private final String source;

        Form(String source) {
            this.source = source;
        }
    }

    /**
     * An operator with its inputs, on the CPU.
     *
     * @param x (c, d, h, w)
     * @param offset (81, d, h, w)
     * @param weight (c, 1, 3, 3, 3)
     * @param bias (c)
     */
    public TorchDeformableConvolution(
            Form form, float[] x, float[] offset, float[] weight, float[] bias, int d, int h, int w) {
        int c = bias.length;
        module = TorchScriptModule.of(
                new TorchScriptProgram(
                        new ModuleTree("__torch__.deformux.operator_alone.Operator", Map.of()),
                        DeformUxNetMethods.ofOperatorAlone(form.source)),
                new Weights(Map.of()),
                Device.cpu(),
                Precision.FP32,
                false);
        scope = module.newScope();
        inputs = new NDList(
                scope.create(x, new Shape(1, c, d, h, w)),
                scope.create(offset, new Shape(1, 81, d, h, w)),
                scope.create(weight, new Shape(c, 1, 3, 3, 3)),
                scope.create(bias));
    }

    /** Convolves once and forgets the result. */
    public void run() {
        module.call("forward", inputs, false).close();
    }

    /** Convolves once: (d, h, w, c). */
    public float[] result() {
        try (NDList output = module.call("forward", inputs, false)) {
            NDArray y = output.singletonOrThrow();
            float[] values = new float[Math.toIntExact(y.size())];
            y.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer().get(values);
            return values;
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
