package io.deformux.network.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The end of the network in one pass: the residual and LeakyReLU of the last block, then the 1x1x1 convolution to logits,
 * in float whatever the maps are stored as.
 */
public final class HeadPass {
    private final Kernels kernels;
    private final int channels;
    private final int classes;
    private final float[] weights;
    private final float[] bias;

    /**
     * The head.
     *
     * @param weight (classes, c)
     * @param bias (classes)
     */
    public HeadPass(Kernels kernels, float[] weight, float[] bias) {
        this.kernels = kernels;
        this.classes = bias.length;
        this.channels = weight.length / classes;
        this.weights = new float[weight.length + Rim.SPILL];
        for (int k = 0; k < classes; k++) {
            for (int c = 0; c < channels; c++) {
                weights[c * classes + k] = weight[k * channels + c];
            }
        }
        this.bias = Arrays.copyOf(bias, classes + Rim.SPILL);
    }

    /**
     * Computes {@code head(leaky(norm(map) + otherNorm(other)))}.
     *
     * @param logits takes (classes, voxels) from {@code first} on
     */
    public void apply(
            MapView map, ChannelAffine norm, MapView other, ChannelAffine otherNorm, FloatBuffer logits, int first) {
        int rows = Chunks.rows(channels);
        Join join = new Join(kernels.rows(), norm, otherNorm, rows);
        Chunks.forEach(map.voxels(), channels, (task, from, to) -> {
            MapRows values = map.rows(kernels.rows());
            MapRows others = other.rows(kernels.rows());
            float[] x = new float[rows * channels];
            float[] y = new float[rows * channels];
            float[] scores = new float[rows * classes + Rim.SPILL];
            float[] planar = new float[rows];
            for (int v = from; v < to; v += rows) {
                int count = Math.min(rows, to - v);
                values.read(v * channels, x, count * channels);
                others.read(v * channels, y, count * channels);
                join.apply(x, y, count * channels);
                for (int r = 0; r < count; r++) {
                    kernels.rows().project(x, r * channels, channels, weights, bias, classes, scores, r * classes);
                }
                for (int k = 0; k < classes; k++) {
                    for (int r = 0; r < count; r++) {
                        planar[r] = scores[r * classes + k];
                    }
                    logits.put(first + k * map.voxels() + v, planar, 0, count);
                }
            }
        });
    }
}
