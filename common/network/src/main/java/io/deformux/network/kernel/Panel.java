package io.deformux.network.kernel;

import java.util.List;

/**
 * Some neighbouring output channels with their weights, one to three vectors of them.
 *
 * <p>Two tricks serve few channels; both are a convolution of more outputs whose additional weights are 0. Channels that
 * fill at most half a vector are computed for a group of neighbouring voxels of a line at once: the lanes are (voxels,
 * channels), and a run reaches over all that the group reads. And what fills one vector only is computed for two lines at
 * once, because a value that was read serves both: runs that both lines read have two vectors, the others one.
 */
final class Panel {
    private final int first;
    private final int outputs;
    private final int lanes;
    private final int group;
    private final int pair;
    private final int line;
    private final List<PanelRun> runs;
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
        this.first = first;
        this.outputs = outputs;
        this.lanes = lanes;
        this.group = Math.max(1, lanes / outputs);
        this.line = (group * outputs + lanes - 1) / lanes * lanes;
        this.pair = line == lanes && shape.foldH() == 1 && shape.stride() < shape.k() ? 2 : 1;
        this.runs = PanelRun.of(shape, weight, first, outputs, group, pair, line, lanes);
        this.bias = new float[pair * line];
        for (int lane = 0; bias.length > 0 && lane < pair * line; lane++) {
            if (lane % line < group * outputs) {
                this.bias[lane] = bias[first + lane % line % outputs];
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
        return tiled(rows * groups(width)) * pair * line;
    }

    /** Floats that the result needs for so many rows: what {@link #convolve} computes beyond them lands there too. */
    int result(int rows, int width, int channels) {
        return tiled(rows * groups(width)) * group * channels;
    }

    private static int tiled(int places) {
        return (places + ConvolutionKernel.VOXELS - 1) / ConvolutionKernel.VOXELS * ConvolutionKernel.VOXELS;
    }

    /**
     * Convolves some rows.
     *
     * @param slab what the block reads
     * @param band which rows of the block
     * @param sums scratch, of {@link #sums} values or more
     * @param to takes {@link #outputs} channels of each voxel from {@code at} on; of {@link #result} values or more
     * @param channels from one voxel in {@code to} to the next
     */
    void convolve(ConvolutionKernel kernel, Slab slab, Band band, float[] sums, float[] to, int at, int channels) {
        if (sumsLieAsTheResult(band, channels)) {
            add(kernel, slab, band, to, at, group * channels);
        } else {
            add(kernel, slab, band, sums, 0, pair * line);
            finish(band, sums, to, at, channels);
        }
    }

    private boolean sumsLieAsTheResult(Band band, int channels) {
        boolean whole = pair == 1 && line == group * outputs;
        return whole && (group == 1 || outputs == channels && band.width() % group == 0);
    }

    private void add(ConvolutionKernel kernel, Slab slab, Band band, float[] sums, int at, int step) {
        int[] places = new int[tiled(band.rows() * groups(band.width()))];
        int all = places(slab, band, places);
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(bias, 0, sums, at + i * step, bias.length);
        }
        for (PanelRun run : runs) {
            int vectors = run.weights().length / run.terms() / lanes;
            int valuesAt = slab.shift(run.d(), run.h()) + run.at();
            int sumsAt = at + run.from() * line;
            for (int i = 0; i < all; i += ConvolutionKernel.voxels(vectors)) {
                kernel.add(vectors, run.weights(), slab.values(), valuesAt, places, i, run.terms(), sums, sumsAt, step);
            }
        }
    }

    private int places(Slab slab, Band band, int[] places) {
        int all = 0;
        for (int r = 0; r < band.rows(); r += band.together(r, pair)) {
            int place = slab.place(band.plane(r), band.line(r));
            for (int g = 0; g < groups(band.width()); g++) {
                places[all++] = place + g * group * slab.step();
            }
        }
        return all;
    }

    private void finish(Band band, float[] sums, float[] to, int at, int channels) {
        int from = 0;
        for (int r = 0; r < band.rows(); r += band.together(r, pair)) {
            for (int w = 0; w < band.width(); w += group) {
                int voxels = Math.min(group, band.width() - w);
                for (int l = 0; l < band.together(r, pair); l++) {
                    copy(sums, from + l * line, to, ((r + l) * band.width() + w) * channels + at, voxels, channels);
                }
                from += pair * line;
            }
        }
    }

    private void copy(float[] sums, int from, float[] to, int at, int voxels, int channels) {
        if (outputs == channels || voxels == 1) {
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
