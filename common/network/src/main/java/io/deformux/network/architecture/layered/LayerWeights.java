package io.deformux.network.architecture.layered;

import io.deformux.network.architecture.blocks.ConvolutionModule;
import io.deformux.network.architecture.blocks.LevelModules;
import io.deformux.network.architecture.blocks.ResidualModules;
import io.deformux.network.cpu.ConvolutionLayer;
import io.deformux.network.cpu.Convolutions;
import io.deformux.network.kernel.ChannelAffine;
import io.deformux.network.kernel.DenseConvolution;
import io.deformux.network.kernel.DepthwisePass;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.LayerNormPass;
import io.deformux.network.torchscript.ModulePaths;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;

/**
 * Looks weights up by the modules that hold them and prepares layers.
 *
 * @param paths of the whole network
 * @param weights as the precision of the maps holds them
 * @param convolutions bring convolutions into memory
 * @param kernels of the layers between them
 */
public record LayerWeights(ModulePaths paths, Weights weights, Convolutions convolutions, Kernels kernels) {

    /** A convolution without bias, as many voxels out as in. */
    private ConvolutionLayer same(ModuleTree kernel) {
        Tensor weight = tensor(kernel, "weight");
        int padding = weight.shape()[2] / 2;
        return convolutions.layer(
                DenseConvolution.of(paths.of(kernel), weight.values(), new float[0], weight.shape(), 1, padding));
    }

    /** A transposed convolution to twice the size; it gives the voxels of a cell as channels. */
    ConvolutionLayer doubling(ModuleTree kernel) {
        Tensor weight = tensor(kernel, "weight");
        return convolutions.layer(DenseConvolution.doubling(paths.of(kernel), weight.values(), weight.shape()));
    }

    /** A convolution that moves as its module says. */
    ConvolutionLayer convolution(ConvolutionModule convolution) {
        return convolution(convolution.module(), convolution.stride(), convolution.padding());
    }

    /** A dense convolution with bias. */
    public ConvolutionLayer convolution(ModuleTree convolution, int stride, int padding) {
        Tensor weight = tensor(convolution, "weight");
        float[] bias = floats(convolution, "bias");
        return convolutions.layer(
                DenseConvolution.of(paths.of(convolution), weight.values(), bias, weight.shape(), stride, padding));
    }

    /** A depthwise convolution with bias. */
    public DepthwisePass depthwise(ModuleTree convolution) {
        Tensor weight = tensor(convolution, "weight");
        return new DepthwisePass(
                kernels, paths.of(convolution), weight.values(), floats(convolution, "bias"), weight.shape()[2]);
    }

    /** A residual block. */
    ResidualPass residual(ResidualModules block) {
        return new ResidualPass(
                kernels,
                same(block.first()),
                same(block.second()),
                block.projection().map(this::same));
    }

    /** A level of the decoder. */
    DecodingPass level(LevelModules level) {
        return new DecodingPass(doubling(level.doubling()), residual(level.block()));
    }

    /** The convolution that gives the logits. */
    HeadPass head(ModuleTree convolution) {
        return new HeadPass(kernels, floats(convolution, "weight"), floats(convolution, "bias"));
    }

    /** A norm over the channels of a voxel. */
    LayerNormPass norm(ModuleTree norm) {
        return new LayerNormPass(kernels, new ChannelAffine(floats(norm, "weight"), floats(norm, "bias")));
    }

    /**
     * The channel-wise scaling behind a norm over channels, folded.
     *
     * @param block holds {@code gamma}
     * @param rows voxels of a chunk
     */
    public FoldedScaling scaling(ModuleTree block, ModuleTree norm, ModuleTree widen, ModuleTree narrow, int rows) {
        return FoldedScaling.fold(
                floats(norm, "weight"),
                floats(norm, "bias"),
                floats(widen, "weight"),
                floats(widen, "bias"),
                floats(narrow, "weight"),
                floats(narrow, "bias"),
                floats(block, "gamma"),
                rows);
    }

    /** The values of a parameter or buffer. */
    public float[] floats(ModuleTree module, String name) {
        return tensor(module, name).values();
    }

    private Tensor tensor(ModuleTree module, String name) {
        return weights.get(paths.of(module, name));
    }
}
