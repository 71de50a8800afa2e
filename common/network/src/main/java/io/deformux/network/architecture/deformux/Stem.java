package io.deformux.network.architecture.deformux;

import io.deformux.network.training.ChannelNorm;
import io.deformux.network.training.Convolution;
import io.deformux.network.training.RimmedMaps;
import io.deformux.network.training.SpaceToDepth;

/** The way into the backbone: a 7x7x7 convolution to half the size, then the norm. */
public final class Stem {
    /** The convolution reads cells up to two voxels of the half size away. */
    private static final int RIM = 2;

    private final Convolution convolution;
    private final ChannelNorm norm;
    private RimmedMaps cells;
    private RimmedMaps wide;
    private RimmedMaps convolved;

    /**
     * A way in.
     *
     * @param convolution as {@link Convolution#stem} makes it
     */
    public Stem(Convolution convolution, ChannelNorm norm) {
        this.convolution = convolution;
        this.norm = norm;
    }

    /** Channels of what it computes. */
    public int outputs() {
        return convolution.outputs();
    }

    /** Computes y, half as large as the image. */
    public void forward(RimmedMaps image, RimmedMaps y) {
        cells = RimmedMaps.reuse(cells, y.n, 8 * image.c, y.d, y.h, y.w, RIM);
        wide = RimmedMaps.reuse(wide, y.n, y.c, y.d, y.h, y.w, RIM);
        convolved = y.reuse(convolved, y.c);
        SpaceToDepth.split(image, cells);
        convolution.forward(cells, wide);
        convolved.copy(wide);
        norm.forward(convolved, y);
    }

    /** Adds the parameters' gradients; gy is overwritten. */
    public void backward(RimmedMaps gy) {
        norm.backward(convolved, gy, gy);
        wide.copy(gy);
        convolution.parameterGradients(cells, wide);
    }
}
