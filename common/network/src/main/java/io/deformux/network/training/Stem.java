package io.deformux.network.training;

/** The way into the backbone: a 7x7x7 convolution to half the size, then the norm. */
final class Stem {
    /** The convolution reads cells up to two voxels of the half size away. */
    private static final int RIM = 2;

    private final Convolution convolution;
    private final ChannelNorm norm;
    private Maps cells;
    private Maps wide;
    private Maps convolved;

    Stem(Parts parts) {
        this.convolution = parts.at("0").convolution(Terms.stem(parts.parameter("0.weight").shape));
        this.norm = parts.at("1").norm();
    }

    int outputs() {
        return convolution.outputs();
    }

    /** Computes y, half as large as the image. */
    void forward(Maps image, Maps y) {
        cells = Maps.reuse(cells, y.n, 8 * image.c, y.d, y.h, y.w, RIM);
        wide = Maps.reuse(wide, y.n, y.c, y.d, y.h, y.w, RIM);
        convolved = y.reuse(convolved, y.c);
        Cells.split(image, cells);
        convolution.forward(cells, wide);
        convolved.copy(wide);
        norm.forward(convolved, y);
    }

    /** Adds the parameters' gradients; gy is overwritten. */
    void backward(Maps gy) {
        norm.backward(convolved, gy, gy);
        wide.copy(gy);
        convolution.parameterGradients(cells, wide);
    }
}
