package io.deformux.network.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Terms of a {@link Panel} that lie side by side in a {@link Slab}, as many as a first-level cache holds weights of.
 *
 * @param d how many planes from the first one that a voxel reads
 * @param h how many lines
 * @param at the first term
 * @param terms how many
 * @param from the first line of a pair that has them
 * @param weights (vectors of all lines that have them, terms, lanes)
 */
record PanelRun(int d, int h, int at, int terms, int from, float[] weights) {
    /** Weights that all voxels of a band meet before the next ones, 28 KiB: first-level caches have 32 or more. */
    private static final int CACHED = 7168;

    /**
     * All runs of a panel, in the order in which they are summed.
     *
     * @param weight all weights of the convolution, as PyTorch stores them
     * @param first the first of the panel's channels
     * @param outputs how many it has
     * @param group voxels of a line that are computed together
     * @param pair lines that are
     * @param line lanes of a group, filled up to whole vectors
     * @param lanes of a vector
     */
    static List<PanelRun> of(
            ConvolutionShape shape, float[] weight, int first, int outputs, int group, int pair, int line, int lanes) {
        int terms = shape.reach(group) * shape.channels();
        int lines = shape.foldH() == 1 ? shape.reach(pair) : 1;
        List<PanelRun> runs = new ArrayList<>();
        for (int d = 0; d < shape.k() / shape.foldD(); d++) {
            for (int h = 0; h < lines; h++) {
                int from = h < shape.k() ? 0 : 1;
                int to = h < shape.stride() ? 1 : pair;
                int width = (to - from) * line;
                float[] packed = new float[terms * width];
                for (int l = from; l < to; l++) {
                    for (int lane = 0; lane < group * outputs; lane++) {
                        int voxel = lane / outputs * shape.stride() * shape.channels();
                        int output = first + lane % outputs;
                        int at = voxel * width + (l - from) * line + lane;
                        pack(shape, weight, output, d, h - l * shape.stride(), packed, at, width);
                    }
                }
                split(runs, d, h, from, terms, lanes, packed);
            }
        }
        return List.copyOf(runs);
    }

    private static void pack(
            ConvolutionShape shape, float[] weight, int output, int d, int h, float[] packed, int at, int width) {
        int to = at;
        for (int w = 0; w < shape.k(); w++) {
            for (int c = 0; c < shape.channels(); c++) {
                packed[to] = weight[shape.weight(output, d, h, w, c)];
                to += width;
            }
        }
    }

    private static void split(List<PanelRun> runs, int d, int h, int from, int terms, int lanes, float[] packed) {
        int parts = (packed.length + CACHED - 1) / CACHED;
        for (int part = 0; part < parts; part++) {
            int at = terms * part / parts;
            int end = terms * (part + 1) / parts;
            runs.add(new PanelRun(d, h, at, end - at, from, vectors(packed, terms, at, end, lanes)));
        }
    }

    /** Some terms of all, (terms, vectors, lanes), vector by vector. */
    private static float[] vectors(float[] packed, int terms, int at, int end, int lanes) {
        int vectors = packed.length / terms / lanes;
        float[] weights = new float[vectors * (end - at) * lanes];
        for (int v = 0; v < vectors; v++) {
            for (int t = at; t < end; t++) {
                System.arraycopy(packed, (t * vectors + v) * lanes, weights, (v * (end - at) + t - at) * lanes, lanes);
            }
        }
        return weights;
    }
}
