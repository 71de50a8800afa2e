package io.deformux.network.architecture.deformux;

import io.deformux.network.training.Convolution;
import io.deformux.network.training.RimmedMaps;
import io.deformux.network.training.SpaceToDepth;
import java.util.Optional;

/**
 * One level of the decoder: what comes from below is doubled in size, joined by the encoder's map of that size, [upsampled,
 * skip], and goes through a residual block.
 */
public final class DecoderLevel {
    private final Convolution doubling;
    private final ResidualBlock block;
    private RimmedMaps cells;
    private RimmedMaps cellGradient;
    private RimmedMaps joined;
    private RimmedMaps joinedGradient;

    /**
     * A level.
     *
     * @param doubling as {@link Convolution#doubling} makes it
     * @param block takes twice as many channels as it gives
     */
    public DecoderLevel(Convolution doubling, ResidualBlock block) {
        this.doubling = doubling;
        this.block = block;
    }

    /** Channels of what it computes. */
    public int outputs() {
        return block.outputs();
    }

    /** Where the encoder's map goes before {@link #forward}; it has the shape of the output y. */
    public RimmedMaps skip(RimmedMaps y) {
        joined = y.reuse(joined, 2 * y.c);
        return joined.channels(y.c, y.c);
    }

    /** Computes y; what is below, half as large, must stay as it is until {@link #backward}. */
    public void forward(RimmedMaps below, RimmedMaps y) {
        cells = below.reuse(cells, 8 * y.c);
        doubling.forward(below, cells);
        SpaceToDepth.merge(cells, joined.channels(0, y.c));
        block.forward(joined, y);
    }

    /**
     * Adds the parameters' gradients, computes that of what is below and gives that of the encoder's map, in maps that the
     * next step overwrites.
     *
     * @param gy of the output; overwritten
     */
    public RimmedMaps backward(RimmedMaps below, RimmedMaps y, RimmedMaps gy, RimmedMaps gBelow) {
        joinedGradient = y.reuse(joinedGradient, 2 * y.c);
        cellGradient = below.reuse(cellGradient, 8 * y.c);
        block.backward(joined, y, gy, Optional.of(joinedGradient));
        SpaceToDepth.split(joinedGradient.channels(0, y.c), cellGradient);
        doubling.parameterGradients(below, cellGradient);
        doubling.inputGradient(cellGradient, gBelow, false);
        return joinedGradient.channels(y.c, y.c);
    }
}
