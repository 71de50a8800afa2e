package io.deformux.network.architecture.deformux;

import io.deformux.network.training.ChannelNorm;
import io.deformux.network.training.Convolution;
import io.deformux.network.training.RimmedMaps;
import io.deformux.network.training.SpaceToDepth;

/** The way to the next stage: the norm, then a 2x2x2 convolution to half the size. */
public final class Downsample {
    private final ChannelNorm norm;
    private final Convolution convolution;
    private RimmedMaps normed;
    private RimmedMaps cells;
    private RimmedMaps cellGradient;

    /**
     * A way down.
     *
     * @param convolution as {@link Convolution#halving} makes it
     */
    public Downsample(ChannelNorm norm, Convolution convolution) {
        this.norm = norm;
        this.convolution = convolution;
    }

    /** Channels of what it computes. */
    public int outputs() {
        return convolution.outputs();
    }

    /** Computes y, half as large as x, which must stay as it is until {@link #backward}. */
    public void forward(RimmedMaps x, RimmedMaps y) {
        normed = x.reuse(normed, x.c);
        cells = y.reuse(cells, 8 * x.c);
        norm.forward(x, normed);
        SpaceToDepth.split(normed, cells);
        convolution.forward(cells, y);
    }

    /** Adds the parameters' gradients and gives the input's, in maps that the next step overwrites. */
    public RimmedMaps backward(RimmedMaps x, RimmedMaps gy) {
        cellGradient = gy.reuse(cellGradient, cells.c);
        convolution.parameterGradients(cells, gy);
        convolution.inputGradient(gy, cellGradient, false);
        // The normed input has served and gives its place.
        SpaceToDepth.merge(cellGradient, normed);
        norm.backward(x, normed, normed);
        return normed;
    }
}
