package io.deformux.network.architecture.deformux;

import io.deformux.network.training.ChannelNorm;
import io.deformux.network.training.ChannelScaling;
import io.deformux.network.training.Convolution;
import io.deformux.network.training.DeformableConvolution;
import io.deformux.network.training.RimmedMaps;

/** Offsets, deformable convolution, norm and channel-wise scaling, with the input added. */
public final class DeformableBlock {
    private final Convolution offsetConvolution;
    private final DeformableConvolution convolution;
    private final ChannelNorm norm;
    private final ChannelScaling scaling;
    private RimmedMaps offsets;
    private RimmedMaps sampled;
    private RimmedMaps normed;
    private RimmedMaps gradient;
    private RimmedMaps offsetGradient;

    /**
     * A block.
     *
     * @param offsetConvolution predicts the offsets
     */
    public DeformableBlock(
            Convolution offsetConvolution,
            DeformableConvolution convolution,
            ChannelNorm norm,
            ChannelScaling scaling) {
        this.offsetConvolution = offsetConvolution;
        this.convolution = convolution;
        this.norm = norm;
        this.scaling = scaling;
    }

    /** Computes y; x must stay as it is until {@link #backward}. */
    public void forward(RimmedMaps x, RimmedMaps y) {
        offsets = x.reuse(offsets, DeformableConvolution.OFFSETS);
        sampled = x.reuse(sampled, x.c);
        normed = x.reuse(normed, x.c);
        offsetConvolution.forward(x, offsets);
        convolution.forward(x, offsets, sampled);
        norm.forward(sampled, normed);
        scaling.forward(normed, x, y);
    }

    /**
     * Adds the parameters' gradients and turns the output's gradient into the input's.
     *
     * @param x the input, as it was
     * @param g the output's gradient, then the input's
     */
    public void backward(RimmedMaps x, RimmedMaps g) {
        gradient = x.reuse(gradient, x.c);
        offsetGradient = x.reuse(offsetGradient, DeformableConvolution.OFFSETS);
        scaling.backward(normed, g, gradient);
        norm.backward(sampled, gradient, gradient);
        convolution.backward(offsets, gradient, g, offsetGradient);
        offsetConvolution.parameterGradients(x, offsetGradient);
        offsetConvolution.inputGradient(offsetGradient, g, true);
    }
}
