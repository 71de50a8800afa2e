package io.deformux.network.architecture.deformux;

import io.deformux.network.training.ChannelNorm;
import io.deformux.network.training.Convolution;
import io.deformux.network.training.RimmedMaps;
import io.deformux.network.training.SpaceToDepth;
import java.util.Optional;

/** The way into a stage: a convolution to half the size, and a norm before it or behind it. */
public final class StageEntry {
    private final Optional<ChannelNorm> before;
    private final Convolution convolution;
    private final Optional<ChannelNorm> after;
    private RimmedMaps source;
    private RimmedMaps cells;
    private RimmedMaps cellGradient;
    private RimmedMaps wide;
    private RimmedMaps convolved;

    /**
     * A way in.
     *
     * @param convolution with stride 2
     */
    public StageEntry(Optional<ChannelNorm> before, Convolution convolution, Optional<ChannelNorm> after) {
        this.before = before;
        this.convolution = convolution;
        this.after = after;
    }

    /** Channels of what it computes. */
    public int outputs() {
        return convolution.outputs();
    }

    /** Computes y, half as large as x, which must stay as it is until {@link #backward}. */
    public void forward(RimmedMaps x, RimmedMaps y) {
        cells = RimmedMaps.reuse(cells, y.n, 8 * x.c, y.d, y.h, y.w, Math.max(y.rim(), convolution.reach()));
        SpaceToDepth.split(before.map(norm -> normed(norm, x)).orElse(x), cells);
        if (after.isPresent()) {
            convolved = y.reuse(convolved, y.c);
            convolve(convolved);
            after.get().forward(convolved, y);
        } else {
            convolve(y);
        }
    }

    private RimmedMaps normed(ChannelNorm norm, RimmedMaps x) {
        source = x.reuse(source, x.c);
        norm.forward(x, source);
        return source;
    }

    /** A kernel that reads further than the rims of y reach goes over maps with wider ones. */
    private void convolve(RimmedMaps y) {
        if (y.rim() == cells.rim()) {
            convolution.forward(cells, y);
        } else {
            wide = cells.reuse(wide, y.c);
            convolution.forward(cells, wide);
            y.copy(wide);
        }
    }

    /**
     * Adds the parameters' gradients and that of the input.
     *
     * @param x the input, as it was
     * @param gy the output's gradient; overwritten
     * @param gx what the input's gradient is added to; where it is absent, nobody needs that
     */
    public void backward(RimmedMaps x, RimmedMaps gy, Optional<RimmedMaps> gx) {
        after.ifPresent(norm -> norm.backward(convolved, gy, gy));
        RimmedMaps gradient = onCells(gy);
        convolution.parameterGradients(cells, gradient);
        if (before.isPresent() || gx.isPresent()) {
            cellGradient = cells.reuse(cellGradient, cells.c);
            convolution.inputGradient(gradient, cellGradient, false);
            // The normed input has served and gives its place.
            source = x.reuse(source, x.c);
            SpaceToDepth.merge(cellGradient, source);
            before.ifPresent(norm -> norm.backward(x, source, source));
            gx.ifPresent(gradients -> gradients.add(source));
        }
    }

    private RimmedMaps onCells(RimmedMaps gy) {
        if (gy.rim() == cells.rim()) {
            return gy;
        }
        wide = cells.reuse(wide, gy.c);
        wide.copy(gy);
        return wide;
    }
}
