package io.deformux.network.training;

/** The way to the next stage: the norm, then a 2x2x2 convolution to half the size. */
final class Downsample {
    private final ChannelNorm norm;
    private final Convolution convolution;
    private Maps normed;
    private Maps cells;
    private Maps cellGradient;

    Downsample(Parts parts) {
        this.norm = parts.at("0").norm();
        this.convolution = parts.at("1").convolution(Terms.halving(parts.parameter("1.weight").shape));
    }

    int outputs() {
        return convolution.outputs();
    }

    /** Computes y, half as large as x, which must stay as it is until {@link #backward}. */
    void forward(Maps x, Maps y) {
        normed = x.reuse(normed, x.c);
        cells = y.reuse(cells, 8 * x.c);
        norm.forward(x, normed);
        Cells.split(normed, cells);
        convolution.forward(cells, y);
    }

    /** Adds the parameters' gradients and gives the input's, in maps that the next step overwrites. */
    Maps backward(Maps x, Maps gy) {
        cellGradient = gy.reuse(cellGradient, cells.c);
        convolution.parameterGradients(cells, gy);
        convolution.inputGradient(gy, cellGradient, false);
        // The normed input has served and gives its place.
        Cells.merge(cellGradient, normed);
        norm.backward(x, normed, normed);
        return normed;
    }
}
