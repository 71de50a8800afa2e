package io.deformux.network.training;

import java.util.Optional;

/**
 * One level of the decoder: what comes from below is doubled in size, joined by the encoder's map of that size, [upsampled,
 * skip], and goes through a residual block.
 */
final class DecoderLevel {
    private final Convolution doubling;
    private final ResidualBlock block;
    private Maps cells;
    private Maps cellGradient;
    private Maps joined;
    private Maps joinedGradient;

    DecoderLevel(Parts decoder) {
        Parts transposed = decoder.at("transp_conv.conv");
        this.doubling = transposed.convolution(Terms.doubling(transposed.parameter("weight").shape));
        this.block = decoder.at("conv_block").residualBlock();
    }

    int outputs() {
        return block.outputs();
    }

    /** Where the encoder's map goes before {@link #forward}; it has the shape of the output y. */
    Maps skip(Maps y) {
        joined = y.reuse(joined, 2 * y.c);
        return joined.channels(y.c, y.c);
    }

    /** Computes y; what is below, half as large, must stay as it is until {@link #backward}. */
    void forward(Maps below, Maps y) {
        cells = below.reuse(cells, 8 * y.c);
        doubling.forward(below, cells);
        Cells.merge(cells, joined.channels(0, y.c));
        block.forward(joined, y);
    }

    /**
     * Adds the parameters' gradients, computes that of what is below and gives that of the encoder's map, in maps that the
     * next step overwrites.
     *
     * @param gy of the output; overwritten
     */
    Maps backward(Maps below, Maps y, Maps gy, Maps gBelow) {
        joinedGradient = y.reuse(joinedGradient, 2 * y.c);
        cellGradient = below.reuse(cellGradient, 8 * y.c);
        block.backward(joined, y, gy, Optional.of(joinedGradient));
        Cells.split(joinedGradient.channels(0, y.c), cellGradient);
        doubling.parameterGradients(below, cellGradient);
        doubling.inputGradient(cellGradient, gBelow, false);
        return joinedGradient.channels(y.c, y.c);
    }
}
