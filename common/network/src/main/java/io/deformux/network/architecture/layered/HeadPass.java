package io.deformux.network.architecture.layered;

import io.deformux.network.kernel.ChannelAffine;
import io.deformux.network.kernel.Chunks;
import io.deformux.network.kernel.Join;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.MapRows;
import io.deformux.network.kernel.MapView;
import io.deformux.network.kernel.RowKernels;
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
    /** The classes, filled up to whole vectors. */
    private final int padded;

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
        this.padded = (classes + RowKernels.LANES - 1) / RowKernels.LANES * RowKernels.LANES;
        this.weights = new float[channels * padded];
        for (int k = 0; k < classes; k++) {
            for (int c = 0; c < channels; c++) {
                weights[c * padded + k] = weight[k * channels + c];
            }
        }
        this.bias = Arrays.copyOf(bias, padded);
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
            float[] scores = new float[rows * padded];
            float[] planar = new float[rows];
            Chunks.each(
                    from,
                    to,
                    rows,
                    (v, n) -> values.read(v * channels, x, n * channels),
                    (v, n) -> others.read(v * channels, y, n * channels),
                    (v, n) -> join.apply(x, y, n * channels),
                    (v, n) -> kernels.rows().project(x, n, channels, weights, bias, padded, scores),
                    (v, n) -> write(scores, n, planar, logits, first + v, map.voxels()));
        });
    }

    private void write(float[] scores, int voxels, float[] planar, FloatBuffer logits, int first, int stride) {
        for (int k = 0; k < classes; k++) {
            for (int r = 0; r < voxels; r++) {
                planar[r] = scores[r * padded + k];
            }
            logits.put(first + k * stride, planar, 0, voxels);
        }
    }
}
