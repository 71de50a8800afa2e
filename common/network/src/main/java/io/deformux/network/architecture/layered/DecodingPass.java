package io.deformux.network.architecture.layered;

import io.deformux.network.cpu.ConvolutionLayer;
import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.kernel.DoublingPass;
import java.nio.FloatBuffer;

/**
 * A level of the decoder.
 *
 * @param doubling the transposed convolution; it gives the voxels of a cell as channels
 * @param block what sees the upsampled map and the skip
 */
record DecodingPass(ConvolutionLayer doubling, ResidualPass block) {

    /** Computes the level and closes both inputs. */
    FeatureMap apply(FeatureMap x, FeatureMap skip, LayerRun run) {
        return block.apply(joined(x, skip, run), run);
    }

    /** The same for the network's last level, with the head behind it, as {@link ResidualPass} says. */
    void apply(FeatureMap x, FeatureMap skip, LayerRun run, HeadPass head, FloatBuffer logits, int from) {
        block.apply(joined(x, skip, run), run, head, logits, from);
    }

    private FeatureMap joined(FeatureMap x, FeatureMap skip, LayerRun run) {
        try (x;
                skip;
                FeatureMap children = run.convolve(doubling, x)) {
            FeatureMap joined = run.blank(skip, 2 * skip.view().c());
            new DoublingPass().apply(children.view(), skip.view(), joined.view());
            return joined;
        }
    }
}
