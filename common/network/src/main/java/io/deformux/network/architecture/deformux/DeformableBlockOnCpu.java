package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.layered.BlockPass;
import io.deformux.network.architecture.layered.LayerRun;
import io.deformux.network.architecture.layered.LayerWeights;
import io.deformux.network.cpu.ConvolutionLayer;
import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.kernel.DeformablePass;

/** A deformable block: the convolution that predicts offsets, and all that follows. */
record DeformableBlockOnCpu(ConvolutionLayer offsets, DeformableBlockPass pass) implements BlockPass {

    static DeformableBlockOnCpu of(DeformableModules block, LayerWeights weights) {
        DeformablePass convolution = new DeformablePass(
                weights.kernels(),
                weights.floats(block.deformable(), "weight"),
                weights.floats(block.deformable(), "bias"));
        int channels = weights.floats(block.module(), "gamma").length;
        int padding = block.offsets().parameters().get("weight").shape()[2] / 2;
        return new DeformableBlockOnCpu(
                weights.convolution(block.offsets(), 1, padding),
                new DeformableBlockPass(
                        weights.kernels(),
                        convolution,
                        weights.scaling(
                                block.module(),
                                block.norm(),
                                block.widen(),
                                block.narrow(),
                                DeformableBlockPass.rows(channels))));
    }

    @Override
    public FeatureMap apply(FeatureMap x, LayerRun run) {
        try (x;
                FeatureMap offsets = run.convolve(this.offsets, x)) {
            FeatureMap y = run.blank(x, x.view().c());
            pass.apply(x.view(), offsets.view(), y.view());
            return y;
        }
    }
}
