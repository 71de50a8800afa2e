package io.deformux.network.kernel;

/**
 * Some neighbouring output channels with their weights, one to three vectors of them.
 *
 * <p>Channels that fill at most half a vector are computed for a group of neighbouring voxels at once: the lanes are
 * (voxels, channels), a run reaches over all that the group reads, and weights of taps that a voxel does not have are 0.
 * That is a convolution of more outputs, a larger kernel and stride along w, and its result lies in memory as that of the
 * given one.
 */
final class Panel {
    /** Weights that all voxels of a band meet before the next ones: they stay in a first-level cache of 32 KiB. */
    private static final int CACHED = 7168;

    private final ConvolutionShape shape;
    private final int first;
    private final int outputs;
    private final int group;
    private final int vectors;
    private final int lanes;
    private final int terms;
    private final float[] weights;
    private final float[] bias;

    /**
     * A panel.
     *
     * @param weight all weights, as PyTorch stores them
     * @param bias (outputs of the shape)
     * @param first the first of its channels
     * @param outputs how many it has
     * @param lanes of a vector
     */
    Panel(ConvolutionShape shape, float[] weight, float[] bias, int first, int outputs, int lanes) {
        this.shape = shape;
        this.first = first;
        this.outputs = outputs;
        this.group = Math.max(1, lanes / outputs);
        this.vectors = (group * outputs + lanes - 1) / lanes;
        this.lanes = vectors * lanes;
        this.terms = shape.reach(group) * shape.channels();
        this.weights = new float[shape.runs() * terms * this.lanes];
        this.bias = new float[this.lanes];
        for (int voxel = 0; voxel < group; voxel++) {
            for (int o = 0; o < outputs; o++) {
                this.bias[voxel * outputs + o] = bias[first + o];
                pack(weight, voxel, o);
            }
        }
    }

    private void pack(float[] weight, int voxel, int o) {
        for (int run = 0; run < shape.runs(); run++) {
            for (int w = 0; w < shape.k(); w++) {
                for (int c = 0; c < shape.channels(); c++) {
                    int term = run * terms + (voxel * shape.stride() + w) * shape.channels() + c;
                    weights[term * lanes + voxel * outputs + o] = weight[shape.weight(first + o, run, w, c)];
                }
            }
        }
    }

    int first() {
        return first;
    }

    int outputs() {
        return outputs;
    }

    /** How many voxels a row of so many has when it is filled up with whole groups. */
    int padded(int width) {
        return groups(width) * group;
    }

    private int groups(int width) {
        return (width + group - 1) / group;
    }

    /** Floats that {@link #convolve} needs for so many rows. */
    int sums(int rows, int width) {
        return tiled(rows * groups(width)) * lanes;
    }

    private static int tiled(int groups) {
        return (groups + ConvolutionKernel.VOXELS - 1) / ConvolutionKernel.VOXELS * ConvolutionKernel.VOXELS;
    }

    /**
     * Convolves some rows of a block.
     *
     * @param lines of each plane of the block
     * @param row the first row
     * @param rows how many
     * @param width voxels of each
     * @param sums scratch, of {@link #sums} values or more
     * @param to takes {@link #outputs} channels of each voxel from {@code at} on
     * @param channels from one voxel in {@code to} to the next
     */
    void convolve(
            ConvolutionKernel kernel,
            Slab slab,
            int lines,
            int row,
            int rows,
            int width,
            float[] sums,
            float[] to,
            int at,
            int channels) {
        int groups = groups(width);
        int[] places = new int[tiled(rows * groups)];
        int all = 0;
        for (int r = row; r < row + rows; r++) {
            int place = slab.place(r / lines, r % lines);
            for (int g = 0; g < groups; g++) {
                places[all++] = place + g * group * slab.step();
            }
        }
        for (int i = 0; i < all; i++) {
            System.arraycopy(bias, 0, sums, i * lanes, lanes);
        }
        int parts = (terms * lanes + CACHED - 1) / CACHED;
        for (int run = 0; run < shape.runs(); run++) {
            for (int part = 0; part < parts; part++) {
                int from = terms * part / parts;
                int n = terms * (part + 1) / parts - from;
                int weightsAt = (run * terms + from) * lanes;
                int valuesAt = slab.shift(run) + from;
                for (int i = 0; i < all; i += ConvolutionKernel.voxels(vectors)) {
                    kernel.add(vectors, weights, weightsAt, slab.values(), valuesAt, places, i, n, sums);
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            for (int g = 0; g < groups; g++) {
                int voxels = Math.min(group, width - g * group);
                scatter(sums, (r * groups + g) * lanes, to, (r * width + g * group) * channels + at, voxels, channels);
            }
        }
    }

    private void scatter(float[] sums, int from, float[] to, int at, int voxels, int channels) {
        if (outputs == channels) {
            System.arraycopy(sums, from, to, at, voxels * outputs);
            return;
        }
        for (int voxel = 0; voxel < voxels; voxel++) {
            for (int o = 0; o < outputs; o++) {
                to[at + voxel * channels + o] = sums[from + voxel * outputs + o];
            }
        }
    }
}
