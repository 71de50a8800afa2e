package io.deformux.network.training;

import java.util.Optional;

/**
 * One level of the decoder with the level of the encoder that joins it: what comes from below is doubled in size, joined by
 * the encoder's map of that size, [upsampled, skip], and goes through a residual block.
 */
final class DecoderLevel {
    private final Convolution doubling;
    private final ResidualBlock block;
    private final ResidualBlock encoder;
    private Maps cells;
    private Maps cellGradient;
    private Maps joined;
    private Maps joinedGradient;

    DecoderLevel(Parts decoder, Parts encoder) {
        Parts transposed = decoder.at("transp_conv.conv");
        this.doubling = transposed.convolution(Terms.doubling(transposed.parameter("weight").shape));
        this.block = decoder.at("conv_block").residualBlock();
        this.encoder = encoder.at("layer").residualBlock();
    }

    int outputs() {
        return block.outputs();
    }

    /**
     * Computes y; the inputs must stay as they are until {@link #backward}.
     *
     * @param below half as large
     * @param source what the encoder's level takes
     */
    void forward(Maps below, Maps source, Maps y) {
        cells = below.reuse(cells, 8 * y.c);
        joined = y.reuse(joined, 2 * y.c);
        doubling.forward(below, cells);
        Cells.merge(cells, joined.channels(0, y.c));
        encoder.forward(source, joined.channels(y.c, y.c));
        block.forward(joined, y);
    }

    /**
     * Adds the parameters' gradients and computes those of the inputs.
     *
     * @param gy of the output; overwritten
     * @param gSource takes the source's, if it is wanted
     */
    void backward(Maps below, Maps source, Maps y, Maps gy, Maps gBelow, Optional<Maps> gSource) {
        joinedGradient = y.reuse(joinedGradient, 2 * y.c);
        cellGradient = below.reuse(cellGradient, 8 * y.c);
        block.backward(joined, y, gy, Optional.of(joinedGradient));
        encoder.backward(source, joined.channels(y.c, y.c), joinedGradient.channels(y.c, y.c), gSource);
        Cells.split(joinedGradient.channels(0, y.c), cellGradient);
        doubling.parameterGradients(below, cellGradient);
        doubling.inputGradient(cellGradient, gBelow, false);
    }
}
