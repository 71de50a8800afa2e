package io.deformux.network.architecture.uxnet;

import io.deformux.network.architecture.layered.BlockPass;
import io.deformux.network.architecture.layered.LayerRun;
import io.deformux.network.architecture.layered.LayerWeights;
import io.deformux.network.architecture.layered.ScalingPass;
import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.kernel.DepthwisePass;

/** A block of 3D UX-Net: its depthwise convolution, and all that follows. */
record UxBlockOnCpu(DepthwisePass depthwise, ScalingPass scaling) implements BlockPass {

    static UxBlockOnCpu of(UxBlockModules block, LayerWeights weights) {
        DepthwisePass depthwise = weights.depthwise(block.depthwise());
        int rows = ScalingPass.rows(depthwise.channels());
        return new UxBlockOnCpu(
                depthwise,
                new ScalingPass(
                        weights.kernels(),
                        weights.scaling(block.module(), block.norm(), block.widen(), block.narrow(), rows)));
    }

    @Override
    public FeatureMap apply(FeatureMap x, LayerRun run) {
        try (x) {
            FeatureMap y = run.convolve(depthwise, x);
            scaling.apply(y.view(), x.view());
            return y;
        }
    }
}
