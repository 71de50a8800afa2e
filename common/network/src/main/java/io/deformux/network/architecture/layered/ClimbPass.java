package io.deformux.network.architecture.layered;

import io.deformux.network.cpu.ConvolutionLayer;
import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.kernel.DoublingPass;
import java.util.List;
import java.util.Optional;

/**
 * Twice as many voxels along each axis, several times over.
 *
 * @param steps one after the other
 */
record ClimbPass(List<Step> steps) implements BlockPass {

    /**
     * Once.
     *
     * @param doubling the transposed convolution; it gives the voxels of a cell as channels
     * @param block behind it, if there is one
     */
    record Step(ConvolutionLayer doubling, Optional<ResidualPass> block) {

        private FeatureMap apply(FeatureMap x, LayerRun run) {
            FeatureMap doubled = doubled(x, run);
            return block.isPresent() ? block.get().apply(doubled, run) : doubled;
        }

        private FeatureMap doubled(FeatureMap x, LayerRun run) {
            try (x;
                    FeatureMap children = run.convolve(doubling, x)) {
                FeatureMap doubled = run.doubled(children);
                new DoublingPass().apply(children.view(), doubled.view());
                return doubled;
            }
        }
    }

    @Override
    public FeatureMap apply(FeatureMap x, LayerRun run) {
        FeatureMap y = x;
        for (Step step : steps) {
            y = step.apply(y, run);
        }
        return y;
    }
}
