package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.blocks.ConvolutionModule;
import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.architecture.blocks.EncoderDecoder.StageModules;
import io.deformux.network.architecture.blocks.LevelModules;
import io.deformux.network.architecture.blocks.ResidualModules;
import io.deformux.network.cpu.ConvolutionLayer;
import io.deformux.network.cpu.Convolutions;
import io.deformux.network.kernel.ChannelAffine;
import io.deformux.network.kernel.DeformablePass;
import io.deformux.network.kernel.DenseConvolution;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.LayerNormPass;
import io.deformux.network.torchscript.ModulePaths;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of a network as {@link CpuForward} wants them: laid out channels last, folded, repeated. Its convolutions
 * live where {@link Convolutions} keeps them.
 *
 * @param stages the backbone
 * @param encoders levels 1 to 5
 * @param decoders levels 5 to 2
 * @param last the residual block without projection at the end
 * @param head the end
 */
record CpuLayers(
        List<Stage> stages, List<Residual> encoders, List<DecodingLevel> decoders, Residual last, HeadPass head) {

    /**
     * A stage of the backbone.
     *
     * @param before the norm before the convolution, none in the first stage
     * @param down the convolution to half the size
     * @param after the norm behind the convolution, in the first stage only
     * @param blocks the deformable blocks
     * @param out the norm of the map that is handed out
     */
    record Stage(
            Optional<LayerNormPass> before,
            ConvolutionLayer down,
            Optional<LayerNormPass> after,
            List<Block> blocks,
            LayerNormPass out) {}

    /** A deformable block: the convolution that predicts offsets, and all that follows. */
    record Block(ConvolutionLayer offsets, DeformableBlockPass pass) {}

    /** A residual block; no projection if the channels stay. */
    record Residual(ConvolutionLayer first, ConvolutionLayer second, Optional<ConvolutionLayer> projection) {}

    /** A level of the decoder; the transposed convolution gives the voxels of a cell as channels. */
    record DecodingLevel(ConvolutionLayer doubling, Residual block) {}

    /**
     * Prepares the parameters.
     *
     * @param weights of these modules, as the precision of the maps holds them
     */
    static CpuLayers of(
            EncoderDecoder<DeformableModules> modules, Weights weights, Convolutions convolutions, Kernels kernels) {
        return new Builder(new ModulePaths(modules.root()), weights, convolutions, kernels).build(modules);
    }

    /** Looks parameters up by the modules that hold them and prepares them. */
    private record Builder(ModulePaths paths, Weights weights, Convolutions convolutions, Kernels kernels) {

        CpuLayers build(EncoderDecoder<DeformableModules> modules) {
            return new CpuLayers(
                    modules.stages().stream().map(this::stage).toList(),
                    modules.encoders().stream().map(this::residual).toList(),
                    modules.decoders().stream().map(this::decoder).toList(),
                    residual(modules.last()),
                    new HeadPass(kernels, floats(modules.head(), "weight"), floats(modules.head(), "bias")));
        }

        private Stage stage(StageModules<DeformableModules> stage) {
            ConvolutionModule down = stage.convolution();
            return new Stage(
                    stage.before().map(this::norm),
                    convolution(down.module(), down.stride(), down.padding()),
                    stage.after().map(this::norm),
                    stage.blocks().stream().map(this::block).toList(),
                    norm(stage.out()));
        }

        private Block block(DeformableModules block) {
            float[] gamma = floats(block.module(), "gamma");
            FoldedScaling scaling = FoldedScaling.fold(
                    floats(block.norm(), "weight"),
                    floats(block.norm(), "bias"),
                    floats(block.widen(), "weight"),
                    floats(block.widen(), "bias"),
                    floats(block.narrow(), "weight"),
                    floats(block.narrow(), "bias"),
                    gamma,
                    DeformableBlockPass.rows(gamma.length));
            DeformablePass convolution = new DeformablePass(
                    kernels, floats(block.deformable(), "weight"), floats(block.deformable(), "bias"));
            int padding = tensor(block.offsets(), "weight").shape()[2] / 2;
            return new Block(
                    convolution(block.offsets(), 1, padding), new DeformableBlockPass(kernels, convolution, scaling));
        }

        private Residual residual(ResidualModules block) {
            return new Residual(
                    same(block.first()),
                    same(block.second()),
                    block.projection().map(this::same));
        }

        private DecodingLevel decoder(LevelModules level) {
            Tensor weight = tensor(level.doubling(), "weight");
            return new DecodingLevel(
                    convolutions.layer(
                            DenseConvolution.doubling(paths.of(level.doubling()), weight.values(), weight.shape())),
                    residual(level.block()));
        }

        /** Without bias, as many voxels out as in. */
        private ConvolutionLayer same(ModuleTree kernel) {
            Tensor weight = tensor(kernel, "weight");
            int padding = weight.shape()[2] / 2;
            return convolutions.layer(
                    DenseConvolution.of(paths.of(kernel), weight.values(), new float[0], weight.shape(), 1, padding));
        }

        private ConvolutionLayer convolution(ModuleTree convolution, int stride, int padding) {
            Tensor weight = tensor(convolution, "weight");
            float[] bias = floats(convolution, "bias");
            return convolutions.layer(
                    DenseConvolution.of(paths.of(convolution), weight.values(), bias, weight.shape(), stride, padding));
        }

        private LayerNormPass norm(ModuleTree norm) {
            return new LayerNormPass(kernels, new ChannelAffine(floats(norm, "weight"), floats(norm, "bias")));
        }

        private float[] floats(ModuleTree module, String parameter) {
            return tensor(module, parameter).values();
        }

        private Tensor tensor(ModuleTree module, String parameter) {
            return weights.get(paths.of(module, parameter));
        }
    }
}
