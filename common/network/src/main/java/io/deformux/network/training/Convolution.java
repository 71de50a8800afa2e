package io.deformux.network.training;

import java.util.Optional;

/**
 * A convolution with stride 1, as a sum over its terms: {@code y[o] = bias[o] + sum over inputs i and shifts s of weight *
 * x[i] moved by s}. Every convolution of the network is one: those with stride 2 see the eight voxels of a 2x2x2 cell as
 * eight channels ({@link SpaceToDepth}). Holds nothing of a step.
 */
public final class Convolution {
    private static final int GROUP = CorrelationKernel.GROUP;
    private static final int TRIPLE = CorrelationKernel.TRIPLE;
    /** Positions per call when weights' gradients are added up: what a call reads stays in the first-level cache. */
    private static final int PIECE = 1024;
    /** Positions of a map whose planes are taken as one range. */
    private static final int SMALL = 4096;
    /** Triples and groups whose running sums a task keeps. */
    private static final int TILE = 24;

    private final Parameter weight;
    private final Optional<Parameter> bias;
    private final ShiftedTerms terms;
    private final CorrelationKernel kernel;
    private final MapKernel maps;

    /** A convolution as the terms say. */
    Convolution(Parameter weight, Optional<Parameter> bias, ShiftedTerms terms, TrainingKernels kernels) {
        this.weight = weight;
        this.bias = bias;
        this.terms = terms;
        this.kernel = kernels.correlation();
        this.maps = kernels.maps();
    }

    /**
     * A convolution; weight (outputs, channels, k, k, k).
     *
     * @param stride 1, or 2: of cells
     * @param padding in voxels; with stride 1 half the kernel, so that maps keep their size
     */
    public static Convolution of(
            Parameter weight, Optional<Parameter> bias, int stride, int padding, TrainingKernels kernels) {
        return new Convolution(weight, bias, ShiftedTerms.of(weight.shape, stride, padding), kernels);
    }

    /** A k x k x k convolution that keeps the size of its maps, k odd; weight (outputs, inputs, k, k, k). */
    public static Convolution same(Parameter weight, Optional<Parameter> bias, TrainingKernels kernels) {
        return of(weight, bias, 1, weight.shape[2] / 2, kernels);
    }

    /** A transposed 2x2x2 convolution with stride 2, to cells, without bias; weight (inputs, channels, 2, 2, 2). */
    public static Convolution doubling(Parameter weight, TrainingKernels kernels) {
        return new Convolution(weight, Optional.empty(), ShiftedTerms.doubling(weight.shape), kernels);
    }

    /** Channels of what it computes. */
    public int outputs() {
        return terms.outputs();
    }

    /** How wide the rims of its maps must be at least, in voxels. */
    public int reach() {
        return terms.reach();
    }

    /** Computes y (n, outputs) from x (n, inputs) of the same size. */
    public void forward(RimmedMaps x, RimmedMaps y) {
        float[][] weights = terms.forward(weight.values);
        int[] distances = terms.distances(x);
        ParallelTasks.forEach(y.n * y.d, task -> {
            int s = task / y.d;
            int i = task % y.d;
            for (int o = 0; o < y.c; o++) {
                y.fill(s, o, i, bias.isPresent() ? bias.get().values[o] : 0);
            }
            correlate(x, distances, weights, y, s, i);
        });
    }

    /** Computes the gradient of x from that of y, or adds it. */
    public void inputGradient(RimmedMaps gy, RimmedMaps gx, boolean add) {
        float[][] weights = terms.backward(weight.values);
        int[] distances = terms.distancesBack(gy);
        ParallelTasks.forEach(gx.n * gx.d, task -> {
            int s = task / gx.d;
            int i = task % gx.d;
            for (int c = 0; c < gx.c && !add; c++) {
                gx.fill(s, c, i, 0);
            }
            correlate(gy, distances, weights, gx, s, i);
        });
    }

    private void correlate(RimmedMaps from, int[] distances, float[][] weights, RimmedMaps to, int s, int i) {
        for (int group = 0; group < weights.length; group++) {
            int first = group * GROUP;
            kernel.correlate(
                    from.values,
                    from.at(s, 0, i, 0),
                    distances,
                    weights[group],
                    to.values,
                    to.at(s, first, i, 0),
                    to.map,
                    Math.min(GROUP, to.c - first),
                    to.span());
        }
        for (int channel = 0; channel < to.c; channel++) {
            to.clearGaps(s, channel, i);
        }
    }

    /** Adds the gradients of weight and bias. */
    public void parameterGradients(RimmedMaps x, RimmedMaps gy) {
        int[] distances = terms.distances(x);
        int groups = (terms.outputs() + GROUP - 1) / GROUP;
        int entries = (distances.length + TRIPLE - 1) / TRIPLE * groups;
        ParallelTasks.forEach((entries + TILE - 1) / TILE, tile -> {
            int from = tile * TILE;
            weightGradients(x, gy, distances, groups, from, Math.min(entries, from + TILE));
        });
        bias.ifPresent(b -> ParallelTasks.forEach(gy.c, channel -> biasGradient(gy, channel, b)));
    }

    private void weightGradients(RimmedMaps x, RimmedMaps gy, int[] distances, int groups, int from, int to) {
        float[] sums = new float[kernel.length(to - from)];
        // A small map is one range, its planes one after the other; of a large one each plane is cut.
        boolean small = gy.d * gy.plane <= SMALL;
        int ranges = small ? 1 : gy.d;
        int length = small ? (gy.d - 1) * gy.plane + gy.span() : gy.span();
        for (int s = 0; s < gy.n; s++) {
            for (int i = 0; i < ranges; i++) {
                int xAt = x.at(s, 0, i, 0);
                int gAt = gy.at(s, 0, i, 0);
                for (int piece = 0; piece < length; piece += PIECE) {
                    int n = Math.min(PIECE, length - piece);
                    for (int entry = from; entry < to; entry++) {
                        int q = entry / groups * TRIPLE;
                        int output = entry % groups * GROUP;
                        int last = distances.length - 1;
                        kernel.accumulate(
                                x.values,
                                xAt + piece + distances[q],
                                xAt + piece + distances[Math.min(q + 1, last)],
                                xAt + piece + distances[Math.min(q + 2, last)],
                                gy.values,
                                gAt + piece + output * gy.map,
                                gy.map,
                                Math.min(GROUP, gy.c - output),
                                n,
                                sums,
                                (entry - from) * kernel.sums());
                    }
                }
            }
        }
        kernel.total(sums, to - from);
        for (int entry = from; entry < to; entry++) {
            addTotals(sums, (entry - from) * TRIPLE * GROUP, entry / groups * TRIPLE, entry % groups * GROUP);
        }
    }

    private void addTotals(float[] totals, int at, int firstTerm, int firstOutput) {
        for (int q = firstTerm; q < Math.min(firstTerm + TRIPLE, terms.count()); q++) {
            for (int o = firstOutput; o < Math.min(firstOutput + GROUP, terms.outputs()); o++) {
                int index = terms.index(o, q);
                if (index >= 0) {
                    weight.gradient[index] += totals[at + (q - firstTerm) * GROUP + o - firstOutput];
                }
            }
        }
    }

    private void biasGradient(RimmedMaps gy, int channel, Parameter bias) {
        double sum = 0;
        for (int s = 0; s < gy.n; s++) {
            for (int i = 0; i < gy.d; i++) {
                sum += maps.sum(gy.values, gy.at(s, channel, i, 0), gy.span());
            }
        }
        bias.gradient[channel] += (float) sum;
    }
}
