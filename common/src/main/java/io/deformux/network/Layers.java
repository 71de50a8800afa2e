package io.deformux.network;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;
import java.util.Map;

/**
 * PyTorch's convolutions for maps that lie channels last, in any number format: {@code layers.py} beside this class. DJL
 * itself can neither create bfloat16 arrays nor keep a layout. Owns native memory; one thread.
 */
final class Layers implements AutoCloseable {
    private final LoadedModule convolution;
    private final LoadedModule blank;
    private final NDArray noBias;
    private long nanos;

    /** A convolution's parameters and how it moves. */
    record Convolution(PtNDArray weight, PtNDArray bias, int stride, int padding) {}

    Layers() {
        convolution = load("Convolution");
        blank = load("Blank");
        noBias = convolution.newScope().create(new Shape(0));
    }

    private static LoadedModule load(String name) {
        ModuleTree layer = new ModuleTree("__torch__.deformux.layers." + name, Map.of(), Map.of());
        return LoadedModule.of(
                layer, NetworkSource.ofLayers(), new Weights(Map.of()), Device.cpu(), Precision.FP32, false);
    }

    /** A convolution without bias that keeps the size. */
    Convolution same(NDArray weight) {
        return of(weight, noBias, 1, (int) weight.getShape().get(2) / 2);
    }

    /** Any convolution; the weights are laid out as the maps are. */
    Convolution of(NDArray weight, NDArray bias, int stride, int padding) {
        try (NDArray last = weight.transpose(0, 2, 3, 4, 1);
                NDArray laidOut = last.duplicate()) {
            return new Convolution((PtNDArray) laidOut.transpose(0, 4, 1, 2, 3), (PtNDArray) bias, stride, padding);
        }
    }

    /** Convolves a map; the result lives in {@code scope} and belongs to the caller. */
    FeatureMap convolve(FeatureMap x, Convolution layer, NDManager scope) {
        long start = System.nanoTime();
        FeatureMap y = new FeatureMap(
                run(
                        convolution,
                        scope,
                        IValue.from(x.array()),
                        IValue.from(layer.weight),
                        IValue.from(layer.bias),
                        IValue.from(layer.stride),
                        IValue.from(layer.padding)),
                x.precision());
        nanos += System.nanoTime() - start;
        return y;
    }

    /** A convolution of one voxel, or a transposed one whose windows do not meet: a matrix (in, n) per voxel. */
    FeatureMap times(FeatureMap x, NDArray matrix) {
        long start = System.nanoTime();
        FeatureMap y = x.times(matrix);
        nanos += System.nanoTime() - start;
        return y;
    }

    /** How long convolutions have taken so far, in ns. */
    long nanos() {
        return nanos;
    }

    /** A map on the grid of another one and in its number format, values not set. */
    FeatureMap blank(FeatureMap grid, int channels, NDManager scope) {
        return blank(
                grid.array(),
                grid.precision(),
                grid.view().d(),
                grid.view().h(),
                grid.view().w(),
                channels,
                scope);
    }

    /** A map in the number format of {@code like}, values not set. */
    FeatureMap blank(PtNDArray like, Precision precision, int d, int h, int w, int c, NDManager scope) {
        return new FeatureMap(
                run(blank, scope, IValue.from(like), IValue.from(d), IValue.from(h), IValue.from(w), IValue.from(c)),
                precision);
    }

    private static PtNDArray run(LoadedModule layer, NDManager scope, IValue... inputs) {
        try (IValue output = ((PtSymbolBlock) layer.block()).forward(inputs)) {
            return output.toTensor((PtNDManager) scope);
        } catch (EngineException e) {
            throw LoadedModule.failure(e);
        } finally {
            Arrays.stream(inputs).forEach(IValue::close);
        }
    }

    @Override
    public void close() {
        convolution.close();
        blank.close();
    }
}
