package io.deformux.network.architecture.deformux;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.deformux.network.architecture.blocks.ConvolutionModule;
import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.architecture.blocks.EncoderDecoder.StageModules;
import io.deformux.network.architecture.blocks.LevelModules;
import io.deformux.network.architecture.blocks.ResidualModules;
import io.deformux.network.architecture.layered.FoldedScaling;
import io.deformux.network.gpu.DeviceLayers;
import io.deformux.network.torchscript.ModulePaths;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of a network as {@link GpuForward} wants them, on the device: those of convolutions and norms in the precision of
 * the maps, those of kernels as floats.
 *
 * @param stages the backbone
 * @param encoders levels 1 to 5
 * @param decoders levels 5 to 2
 * @param last the residual block without projection at the end
 * @param head features to logits
 */
record GpuWeights(List<Stage> stages, List<Residual> encoders, List<Level> decoders, Residual last, Dense head) {
    private static final int TAPS = 27;

    /** A convolution: weight (out, in, k, k, k), channels last; bias (out) or empty. */
    record Dense(PtNDArray weight, PtNDArray bias, int stride, int padding) {}

    /** A norm over channels. */
    record Norm(PtNDArray weight, PtNDArray bias) {}

    /** A stage of the backbone, as {@link StageModules}. */
    record Stage(Optional<Norm> before, Dense down, Optional<Norm> after, List<Block> blocks, Norm out) {}

    /** A deformable block: what predicts offsets, weight (27, c) and bias (c) of the operator, and the table of its end. */
    record Block(Dense offsets, PtNDArray weight, PtNDArray bias, PtNDArray table) {}

    /** A residual block; no projection if the channels stay. */
    record Residual(Dense first, Dense second, Optional<Dense> projection) {}

    /** A level of the decoder: the transposed convolution (in, out, 2, 2, 2), channels last, and its block. */
    record Level(PtNDArray doubling, Residual block) {}

    /**
     * Brings the parameters to the device.
     *
     * @param scope owns the arrays
     */
    static GpuWeights of(
            EncoderDecoder<DeformableModules> modules,
            Weights weights,
            Precision precision,
            DeviceLayers layers,
            NDManager scope) {
        return new Builder(new ModulePaths(modules.root()), weights, precision, layers, scope).build(modules);
    }

    private record Builder(
            ModulePaths paths, Weights weights, Precision precision, DeviceLayers layers, NDManager scope) {

        GpuWeights build(EncoderDecoder<DeformableModules> modules) {
            return new GpuWeights(
                    modules.stages().stream().map(this::stage).toList(),
                    modules.encoders().stream().map(this::residual).toList(),
                    modules.decoders().stream().map(this::level).toList(),
                    residual(modules.last()),
                    dense(modules.head(), 1, 0));
        }

        private Stage stage(StageModules<DeformableModules> stage) {
            ConvolutionModule down = stage.convolution();
            return new Stage(
                    stage.before().map(this::norm),
                    dense(down.module(), down.stride(), down.padding()),
                    stage.after().map(this::norm),
                    stage.blocks().stream().map(this::block).toList(),
                    norm(stage.out()));
        }

        private Block block(DeformableModules block) {
            Tensor weight = tensor(block.deformable(), "weight");
            int c = weight.shape()[0];
            float[] taps = transposed(weight.values(), 1, c, TAPS);
            float[] table = FoldedScaling.fold(
                            floats(block.norm(), "weight"),
                            floats(block.norm(), "bias"),
                            floats(block.widen(), "weight"),
                            floats(block.widen(), "bias"),
                            floats(block.narrow(), "weight"),
                            floats(block.narrow(), "bias"),
                            floats(block.module(), "gamma"),
                            1)
                    .table();
            return new Block(
                    dense(block.offsets(), 1, tensor(block.offsets(), "weight").shape()[2] / 2),
                    layers.values(taps, new Shape(TAPS, c), Precision.FP32, scope),
                    layers.values(floats(block.deformable(), "bias"), new Shape(c), Precision.FP32, scope),
                    layers.values(table, new Shape(table.length / c, c), Precision.FP32, scope));
        }

        private Residual residual(ResidualModules block) {
            return new Residual(
                    same(block.first()),
                    same(block.second()),
                    block.projection().map(this::same));
        }

        private Level level(LevelModules level) {
            return new Level(channelsLast(tensor(level.doubling(), "weight")), residual(level.block()));
        }

        /** Without bias, as many voxels out as in. */
        private Dense same(ModuleTree kernel) {
            Tensor weight = tensor(kernel, "weight");
            return new Dense(channelsLast(weight), stored(new float[0]), 1, weight.shape()[2] / 2);
        }

        private Dense dense(ModuleTree convolution, int stride, int padding) {
            return new Dense(
                    channelsLast(tensor(convolution, "weight")), stored(floats(convolution, "bias")), stride, padding);
        }

        private Norm norm(ModuleTree norm) {
            return new Norm(stored(floats(norm, "weight")), stored(floats(norm, "bias")));
        }

        private PtNDArray stored(float[] values) {
            return layers.values(values, new Shape(values.length), precision, scope);
        }

        /** In that order in memory, and shaped as PyTorch has it. */
        private PtNDArray channelsLast(Tensor weight) {
            int[] s = weight.shape();
            float[] values = transposed(weight.values(), s[0], s[1], s[2] * s[3] * s[4]);
            PtNDArray laidOut = layers.values(values, new Shape(s[0], s[2], s[3], s[4], s[1]), precision, scope);
            return (PtNDArray) laidOut.transpose(0, 4, 1, 2, 3);
        }

        /** (n, a, b) to (n, b, a). */
        private static float[] transposed(float[] values, int n, int a, int b) {
            float[] transposed = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                int row = i / b % a;
                transposed[(i / (a * b) * b + i % b) * a + row] = values[i];
            }
            return transposed;
        }

        private float[] floats(ModuleTree module, String parameter) {
            return tensor(module, parameter).values();
        }

        private Tensor tensor(ModuleTree module, String parameter) {
            return weights.get(paths.of(module, parameter));
        }
    }
}
