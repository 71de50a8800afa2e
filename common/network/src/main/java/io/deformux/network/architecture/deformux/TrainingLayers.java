package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.blocks.ConvolutionModule;
import io.deformux.network.architecture.blocks.EncoderDecoder.StageModules;
import io.deformux.network.architecture.blocks.LevelModules;
import io.deformux.network.architecture.blocks.ResidualModules;
import io.deformux.network.torchscript.ModulePaths;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.training.ChannelNorm;
import io.deformux.network.training.ChannelScaling;
import io.deformux.network.training.Convolution;
import io.deformux.network.training.DeformableConvolution;
import io.deformux.network.training.Parameter;
import io.deformux.network.training.TrainingKernels;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the layers that train from the modules that hold their parameters.
 *
 * @param paths where the modules stand
 * @param parameters all of the network, by state-dict name
 */
record TrainingLayers(ModulePaths paths, Map<String, Parameter> parameters, TrainingKernels kernels) {

    StageEntry entry(StageModules<DeformableModules> stage) {
        ConvolutionModule down = stage.convolution();
        Convolution convolution = Convolution.of(
                weight(down.module()), Optional.of(bias(down.module())), down.stride(), down.padding(), kernels);
        return new StageEntry(
                stage.before().map(this::norm), convolution, stage.after().map(this::norm));
    }

    DeformableBlock block(DeformableModules block) {
        return new DeformableBlock(
                convolution(block.offsets()),
                new DeformableConvolution(weight(block.deformable()), bias(block.deformable()), kernels),
                norm(block.norm()),
                new ChannelScaling(
                        parameter(block.module(), "gamma"),
                        weight(block.widen()),
                        bias(block.widen()),
                        weight(block.narrow()),
                        bias(block.narrow()),
                        kernels));
    }

    ResidualBlock residual(ResidualModules block) {
        return new ResidualBlock(
                kernel(block.first()),
                kernel(block.second()),
                block.projection().map(this::kernel),
                kernels);
    }

    DecoderLevel level(LevelModules level) {
        Convolution doubling = Convolution.doubling(weight(level.doubling()), kernels);
        return new DecoderLevel(doubling, residual(level.block()));
    }

    /** With bias, as many voxels out as in. */
    Convolution convolution(ModuleTree convolution) {
        return Convolution.same(weight(convolution), Optional.of(bias(convolution)), kernels);
    }

    /** The same without bias. */
    private Convolution kernel(ModuleTree kernel) {
        return Convolution.same(weight(kernel), Optional.empty(), kernels);
    }

    ChannelNorm norm(ModuleTree norm) {
        return new ChannelNorm(weight(norm), bias(norm), kernels);
    }

    private Parameter weight(ModuleTree module) {
        return parameter(module, "weight");
    }

    private Parameter bias(ModuleTree module) {
        return parameter(module, "bias");
    }

    private Parameter parameter(ModuleTree module, String name) {
        return parameters.get(paths.of(module, name));
    }
}
