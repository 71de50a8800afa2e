package io.deformux.network.kernel;

/** Output channels on the lanes: one to three whole vectors of them, and as many voxels as registers are left for. */
final class ChannelPanel implements Panel {
    /** Weights that a tile reads before the next one does: they stay in a first-level cache of 32 KiB. */
    private static final int CACHED = 6144;

    private final int first;
    private final int vectors;
    private final int outputs;
    private final Factor weights;

    /** The channels from {@code first} on. */
    ChannelPanel(ConvolutionShape shape, float[] weight, int first, int vectors, int lanes) {
        this.first = first;
        this.vectors = vectors;
        this.outputs = vectors * lanes;
        float[] packed = new float[shape.terms() * outputs];
        int[] terms = new int[shape.terms()];
        int row = shape.k() * shape.inputs();
        for (int t = 0; t < terms.length; t++) {
            terms[t] = t * outputs;
            int tap = t / row * shape.k() + t % row / shape.inputs();
            for (int o = 0; o < outputs; o++) {
                packed[t * outputs + o] = weight[shape.weight(first + o, t % shape.inputs(), tap)];
            }
        }
        this.weights = new Factor(packed, terms, 0);
    }

    @Override
    public int first() {
        return first;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public boolean planar() {
        return false;
    }

    @Override
    public void add(ConvolutionKernel kernel, Slab slab, Band band, int channel, int width) {
        Factor values = slab.factor();
        int terms = weights.terms().length;
        int cached = Math.max(1, CACHED / outputs);
        int tile = ConvolutionKernel.singles(vectors);
        for (int from = 0; from < terms; from += cached) {
            int to = Math.min(terms, from + cached);
            for (int r = band.row(); r < band.row() + band.rows(); r++) {
                for (int w = 0; w < width; w += tile) {
                    int reads = slab.at(r / band.lines(), r % band.lines(), w);
                    int at = band.at(r, w) + channel;
                    kernel.accumulate(vectors, weights, 0, values, reads, from, to, band.sums(), at, band.channels());
                }
            }
        }
    }
}
