package io.deformux.network.kernel;

/** Voxels on the lanes: for output channels that fill no vector. */
final class VoxelPanel implements Panel {
    /** Terms of all lanes that a tile reads before the next one does. */
    private static final int CACHED = 512;

    private final int first;
    private final int outputs;
    private final int padded;
    private final Factor weights;

    /** The channels from {@code first} on. */
    VoxelPanel(ConvolutionShape shape, float[] weight, int first, int outputs) {
        this.first = first;
        this.outputs = outputs;
        this.padded = (outputs + ConvolutionKernel.SUMS - 1) / ConvolutionKernel.SUMS * ConvolutionKernel.SUMS;
        float[] packed = new float[shape.terms() * padded];
        int[] terms = new int[shape.terms()];
        int row = shape.k() * shape.inputs();
        for (int t = 0; t < terms.length; t++) {
            terms[t] = t * padded;
            int tap = t / row * shape.k() + t % shape.k();
            for (int o = 0; o < outputs; o++) {
                packed[t * padded + o] = weight[shape.weight(first + o, t % row / shape.k(), tap)];
            }
        }
        this.weights = new Factor(packed, terms, 1);
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
        return true;
    }

    @Override
    public void add(ConvolutionKernel kernel, Slab slab, Band band, int channel, int width) {
        Factor values = slab.factor();
        int terms = weights.terms().length;
        int lanes = kernel.lanes();
        int line = (width + lanes - 1) / lanes * lanes;
        float[] sums = new float[padded * line];
        for (int r = band.row(); r < band.row() + band.rows(); r++) {
            gather(band, r, channel, width, sums, line);
            for (int from = 0; from < terms; from += CACHED) {
                int to = Math.min(terms, from + CACHED);
                for (int w = 0; w < line; ) {
                    int vectors = Math.min(ConvolutionKernel.WIDEST, (line - w) / lanes);
                    int reads = slab.at(r / band.lines(), r % band.lines(), w);
                    for (int o = 0; o < outputs; o += ConvolutionKernel.singles(vectors)) {
                        kernel.accumulate(vectors, values, reads, weights, o, from, to, sums, o * line + w, line);
                    }
                    w += vectors * lanes;
                }
            }
            scatter(band, r, channel, width, sums, line);
        }
    }

    private void gather(Band band, int r, int channel, int width, float[] sums, int line) {
        for (int o = 0; o < outputs; o++) {
            int at = band.at(r, 0) + channel + o;
            for (int w = 0; w < width; w++) {
                sums[o * line + w] = band.sums()[at + w * band.channels()];
            }
        }
    }

    private void scatter(Band band, int r, int channel, int width, float[] sums, int line) {
        for (int o = 0; o < outputs; o++) {
            int at = band.at(r, 0) + channel + o;
            for (int w = 0; w < width; w++) {
                band.sums()[at + w * band.channels()] = sums[o * line + w];
            }
        }
    }
}
