package io.deformux.network.training;

import java.util.Arrays;

/**
 * The depthwise 3x3x3 deformable convolution, its offsets given. Between {@link #forward} and {@link #backward} it keeps
 * the samples with their channels side by side.
 */
public final class DeformableConvolution {
    /** Offsets per voxel: 3 x tap + axis. */
    public static final int OFFSETS = 3 * Taps.COUNT;

    /** Parts of a sample that send gradients back at the same time, each into maps of its own. */
    private static final int PARTS = 4;

    private final Parameter weight;
    private final Parameter bias;
    private final SamplingKernel kernel;
    private VoxelRows[] rows = {};
    private VoxelRows[] gradients = {};

    /** One with these parameters, weight (c, 1, 3, 3, 3) and bias (c). */
    public DeformableConvolution(Parameter weight, Parameter bias, TrainingKernels kernels) {
        this.weight = weight;
        this.bias = bias;
        this.kernel = kernels.sampling();
    }

    /** Computes y (n, c) from x (n, c) and offsets (n, 81). */
    public void forward(RimmedMaps x, RimmedMaps offsets, RimmedMaps y) {
        rows = reuse(rows, x, x.n);
        ParallelTasks.forEach(x.n * x.d, task -> rows[task / x.d].readPlane(x, task / x.d, task % x.d));
        float[] weights = weights(x.c);
        ParallelTasks.forEach(x.n * x.d, task -> forwardPlane(offsets, weights, y, task / x.d, task % x.d));
    }

    private void forwardPlane(RimmedMaps offsets, float[] weights, RimmedMaps y, int s, int i) {
        int c = kernel.width(y.c);
        int half = c - kernel.filled(y.c);
        Taps taps = new Taps();
        float[] line = new float[y.w * c];
        for (int j = 0; j < y.h; j++) {
            Arrays.fill(line, 0);
            for (int k = 0; k < y.w; k++) {
                System.arraycopy(bias.values, 0, line, k * c, y.c);
                taps.fill(rows[s], offsets.values, offsets.at(s, 0, i, j) + k, offsets.map, i, j, k);
                kernel.sample(rows[s], taps, weights, line, k * c);
            }
            for (int channel = 0; channel < y.c; channel++) {
                int at = y.at(s, channel, i, j);
                for (int k = 0; k < y.w; k++) {
                    float value = line[k * c + channel];
                    y.values[at + k] = half == 0 ? value : value + line[k * c + half + channel];
                }
            }
        }
    }

    /**
     * Adds the parameters' gradients and that of x, and computes that of the offsets.
     *
     * @param gy of the output
     * @param gx takes the input's
     * @param gOffsets takes the offsets'
     */
    public void backward(RimmedMaps offsets, RimmedMaps gy, RimmedMaps gx, RimmedMaps gOffsets) {
        int parts = Math.min(PARTS, gy.d);
        int width = kernel.width(gy.c);
        gradients = reuse(gradients, gy, gy.n * parts);
        float[] weights = weights(gy.c);
        float[][] gWeights = new float[gy.n * parts][Taps.COUNT * width];
        ParallelTasks.forEach(gy.n * parts, task -> {
            int part = task % parts;
            gradients[task].clear();
            for (int i = gy.d * part / parts; i < gy.d * (part + 1) / parts; i++) {
                backwardPlane(offsets, weights, gy, gradients[task], gWeights[task], gOffsets, task / parts, i);
            }
        });
        ParallelTasks.forEach(gx.n * gx.d, task -> {
            for (int part = 0; part < parts; part++) {
                gradients[task / gx.d * parts + part].addPlane(gx, task / gx.d, task % gx.d);
            }
        });
        for (float[] part : gWeights) {
            addWeightGradient(part, gy.c);
        }
        addBiasGradient(gy);
    }

    private void backwardPlane(
            RimmedMaps offsets,
            float[] weights,
            RimmedMaps gy,
            VoxelRows gradient,
            float[] gWeights,
            RimmedMaps gOffsets,
            int s,
            int i) {
        int c = kernel.width(gy.c);
        int half = c - kernel.filled(gy.c);
        Taps taps = new Taps();
        float[] line = new float[gy.w * c];
        float[] gVoxel = new float[kernel.offsetSums()];
        for (int j = 0; j < gy.h; j++) {
            for (int channel = 0; channel < gy.c; channel++) {
                int at = gy.at(s, channel, i, j);
                for (int k = 0; k < gy.w; k++) {
                    line[k * c + channel] = gy.values[at + k];
                    line[k * c + half + channel] = gy.values[at + k];
                }
            }
            for (int k = 0; k < gy.w; k++) {
                taps.fill(rows[s], offsets.values, offsets.at(s, 0, i, j) + k, offsets.map, i, j, k);
                kernel.gradient(rows[s], taps, weights, line, k * c, gradient, gWeights, gVoxel);
                int at = gOffsets.at(s, 0, i, j) + k;
                for (int o = 0; o < OFFSETS; o++, at += gOffsets.map) {
                    gOffsets.values[at] = gVoxel[o];
                }
            }
        }
    }

    private void addWeightGradient(float[] part, int channels) {
        int width = kernel.width(channels);
        int half = width - kernel.filled(channels);
        for (int channel = 0; channel < channels; channel++) {
            for (int t = 0; t < Taps.COUNT; t++) {
                float sum = part[t * width + channel];
                weight.gradient[channel * Taps.COUNT + t] += half == 0 ? sum : sum + part[t * width + half + channel];
            }
        }
    }

    private void addBiasGradient(RimmedMaps gy) {
        ParallelTasks.forEach(gy.c, channel -> {
            double sum = 0;
            for (int s = 0; s < gy.n; s++) {
                for (int i = 0; i < gy.d; i++) {
                    for (int j = 0; j < gy.h; j++) {
                        int at = gy.at(s, channel, i, j);
                        for (int k = 0; k < gy.w; k++) {
                            sum += gy.values[at + k];
                        }
                    }
                }
            }
            bias.gradient[channel] += (float) sum;
        });
    }

    /** (27, width), both halves alike. */
    private float[] weights(int channels) {
        int width = kernel.width(channels);
        int half = width - kernel.filled(channels);
        float[] weights = new float[Taps.COUNT * width];
        for (int channel = 0; channel < channels; channel++) {
            for (int t = 0; t < Taps.COUNT; t++) {
                weights[t * width + channel] = weight.values[channel * Taps.COUNT + t];
                weights[t * width + half + channel] = weight.values[channel * Taps.COUNT + t];
            }
        }
        return weights;
    }

    private VoxelRows[] reuse(VoxelRows[] old, RimmedMaps maps, int count) {
        if (old.length == count && old[0].d == maps.d && old[0].h == maps.h && old[0].w == maps.w) {
            return old;
        }
        VoxelRows[] made = new VoxelRows[count];
        Arrays.setAll(made, s -> new VoxelRows(maps.d, maps.h, maps.w, kernel.filled(maps.c)));
        return made;
    }
}
