package io.deformux.network.training;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The terms of a {@link Convolution}: which input, moved by how much, times which value of the weight. Term q of every
 * output reads input {@code q / shifts} at shift {@code q % shifts}.
 */
final class ShiftedTerms {
    private static final int GROUP = CorrelationKernel.GROUP;

    private final int outputs;
    private final int inputs;
    private final int[][] shifts;
    private final int[] index;
    private final int outputStride;

    /**
     * The general form.
     *
     * @param shifts along d, h, w, in voxels
     * @param index by term: where output 0 finds its weight; -1 if it has none
     * @param outputStride how much further each next output does
     */
    private ShiftedTerms(int outputs, int inputs, int[][] shifts, int[] index, int outputStride) {
        this.outputs = outputs;
        this.inputs = inputs;
        this.shifts = shifts;
        this.index = index;
        this.outputStride = outputStride;
    }

    /**
     * A convolution, its inputs the voxels of cells as wide as the stride. Along each axis tap t reads voxel stride * o + t -
     * padding: the voxel of that remainder in a cell that is moved by the quotient.
     *
     * @param weight its shape, (outputs, channels, k, k, k)
     */
    static ShiftedTerms of(int[] weight, int stride, int padding) {
        int k = weight[2];
        int first = Math.floorDiv(-padding, stride);
        int[][] shifts = cube(Math.floorDiv(k - 1 - padding, stride) - first + 1, first);
        int cell = stride * stride * stride;
        int[][] voxels = cube(stride, 0);
        int[] index = new int[weight[1] * cell * shifts.length];
        for (int q = 0; q < index.length; q++) {
            int[] shift = shifts[q % shifts.length];
            int input = q / shifts.length;
            int at = input / cell;
            for (int axis = 0; axis < 3; axis++) {
                int tap = stride * shift[axis] + voxels[input % cell][axis] + padding;
                at = at < 0 || tap < 0 || tap >= k ? -1 : at * k + tap;
            }
            index[q] = at;
        }
        return new ShiftedTerms(weight[0], weight[1] * cell, shifts, index, weight[1] * k * k * k);
    }

    /** A transposed 2x2x2 convolution with stride 2, its outputs the cells' voxels; weight (inputs, channels, 2, 2, 2). */
    static ShiftedTerms doubling(int[] weight) {
        int inputs = weight[0];
        int outputs = 8 * weight[1];
        int[] index = IntStream.range(0, inputs).map(i -> i * outputs).toArray();
        return new ShiftedTerms(outputs, inputs, cube(1, 0), index, 1);
    }

    /** The shifts of a cube, the last axis fastest. */
    private static int[][] cube(int size, int first) {
        return IntStream.range(0, size * size * size)
                .mapToObj(t -> new int[] {first + t / (size * size), first + t / size % size, first + t % size})
                .toArray(int[][]::new);
    }

    int outputs() {
        return outputs;
    }

    /** How far from an output's position it reads at most, along an axis. */
    int reach() {
        return Arrays.stream(shifts)
                .flatMapToInt(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElseThrow();
    }

    /** How many terms an output has. */
    int count() {
        return index.length;
    }

    /** Where the weight of a term lies, -1 if there is none. */
    int index(int output, int term) {
        return index[term] < 0 ? -1 : index[term] + output * outputStride;
    }

    /** By term: how far from an output's position, in channel 0, it reads. */
    int[] distances(RimmedMaps x) {
        int[] distances = new int[index.length];
        for (int q = 0; q < distances.length; q++) {
            distances[q] = q / shifts.length * x.map + distance(shifts[q % shifts.length], x);
        }
        return distances;
    }

    /** The same for the gradient of an input, whose terms are the outputs o and the shifts s, o x shifts + s. */
    int[] distancesBack(RimmedMaps gy) {
        int[] distances = new int[outputs * shifts.length];
        for (int q = 0; q < distances.length; q++) {
            distances[q] = q / shifts.length * gy.map - distance(shifts[q % shifts.length], gy);
        }
        return distances;
    }

    private static int distance(int[] shift, RimmedMaps maps) {
        return shift[0] * maps.plane + shift[1] * maps.line + shift[2];
    }

    /** The weights of each group of outputs, term by term, as {@link CorrelationKernel#correlate} wants them. */
    float[][] forward(float[] weight) {
        float[][] groups = new float[(outputs + GROUP - 1) / GROUP][GROUP * index.length];
        ParallelTasks.forEach(groups.length, group -> {
            for (int k = 0; k < GROUP && group * GROUP + k < outputs; k++) {
                int first = (group * GROUP + k) * outputStride;
                for (int q = 0; q < index.length; q++) {
                    groups[group][GROUP * q + k] = index[q] < 0 ? 0 : weight[first + index[q]];
                }
            }
        });
        return groups;
    }

    /** The same for groups of inputs. */
    float[][] backward(float[] weight) {
        float[][] groups = new float[(inputs + GROUP - 1) / GROUP][GROUP * outputs * shifts.length];
        ParallelTasks.forEach(groups.length, group -> {
            for (int k = 0; k < GROUP && group * GROUP + k < inputs; k++) {
                int term = (group * GROUP + k) * shifts.length;
                for (int o = 0; o < outputs; o++) {
                    for (int s = 0; s < shifts.length; s++) {
                        int at = index[term + s];
                        groups[group][GROUP * (o * shifts.length + s) + k] = at < 0 ? 0 : weight[o * outputStride + at];
                    }
                }
            }
        });
        return groups;
    }
}
