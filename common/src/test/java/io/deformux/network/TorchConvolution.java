package io.deformux.network;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.deformux.network.Layers.Convolution;
import java.util.Map;

/**
 * A convolution of one map, channels last, as PyTorch computes it: what the kernels in Java are measured against. Owns
 * native memory; close it. One thread.
 */
public final class TorchConvolution implements AutoCloseable {
    /** Its parameters are the input and the weights: DJL itself makes no bfloat16 arrays. */
    private static final String CODE =
            """
            class Arrays(Module):
              __parameters__ = ["x", "weight", ]
              __buffers__ = []
              x : Tensor
              weight : Tensor
              training : bool

              def forward(self, y: Tensor) -> Tensor:
                return y
            """;

    private final Layers layers = new Layers();
    private final LoadedModule arrays;
    private final NDManager scope;
    private final Convolution convolution;
    private final FeatureMap x;

    /**
     * A convolution without bias with its input.
     *
     * @param values (n, n, n, inputs)
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
        Tensor map = new Tensor(new int[] {1, n, n, n, inputs}, values);
        Tensor weights = new Tensor(new int[] {outputs, inputs, k, k, k}, weight);
        ModuleTree tree = new ModuleTree(
                "__torch__.deformux.arrays.Arrays", Map.of("x", map.shape(), "weight", weights.shape()), Map.of());
        arrays = LoadedModule.of(
                tree,
                Map.of("code/__torch__/deformux/arrays.py", CODE),
                new Weights(Map.of("x", map, "weight", weights)),
                Device.cpu(),
                precision,
                false);
        scope = arrays.newScope();
        convolution = layers.of(array("weight"), scope.create(new Shape(0)), stride, padding);
        x = new FeatureMap(array("x"), precision);
    }

    private PtNDArray array(String name) {
        return (PtNDArray) arrays.block().getParameters().values().stream()
                .filter(parameter -> parameter.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getArray();
    }

    /** Convolves once and forgets the result. */
    public void run() {
        layers.convolve(x, convolution, scope).close();
    }

    @Override
    public void close() {
        layers.close();
        arrays.close();
    }
}
