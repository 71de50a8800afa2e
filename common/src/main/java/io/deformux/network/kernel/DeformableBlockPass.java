package io.deformux.network.kernel;

import java.util.Arrays;

/**
 * A deformable block behind its offset convolution, in one pass: deformable convolution, layer norm, channel-wise
 * scaling, residual.
 */
public final class DeformableBlockPass {
    private static final int OFFSETS = 3 * TapPlan.TAPS;

    private final Kernels kernels;
    private final int channels;
    private final float[] taps;
    private final float[] bias;
    private final ChannelScaling scaling;

    /**
     * The pass of one block.
     *
     * @param weight (c, 1, 3, 3, 3) of the deformable convolution
     * @param bias (c) of it
     * @param scaling what follows, made for {@link #rows} rows
     */
    public DeformableBlockPass(Kernels kernels, float[] weight, float[] bias, ChannelScaling scaling) {
        this.kernels = kernels;
        this.channels = bias.length;
        this.taps = new float[weight.length + Rim.SPILL];
        for (int c = 0; c < channels; c++) {
            for (int t = 0; t < TapPlan.TAPS; t++) {
                taps[t * channels + c] = weight[c * TapPlan.TAPS + t];
            }
        }
        this.bias = Arrays.copyOf(bias, channels + Rim.SPILL);
        this.scaling = scaling;
    }

    /** How many voxels of so many channels a chunk has. */
    public static int rows(int channels) {
        return Chunks.rows(channels);
    }

    /**
     * Runs the block.
     *
     * @param x its input
     * @param offsets 81 channels on the same grid: where each tap samples, in voxels from its place on the grid
     * @param to takes the result; not {@code x}
     */
    public void apply(MapView x, MapView offsets, MapView to) {
        Rim rim = Rim.around(x, kernels.rows());
        Chunks.forEach(x.voxels(), channels, (task, from, last) -> run(rim, offsets, to, from, last));
    }

    private void run(Rim rim, MapView offsets, MapView to, int from, int last) {
        int rows = Chunks.rows(channels);
        MapView map = rim.map();
        MapRows offsetRows = offsets.rows(kernels.rows());
        MapRows residuals = map.rows(kernels.rows());
        MapRows out = to.rows(kernels.rows());
        float[] offset = new float[rows * OFFSETS];
        float[] residual = new float[rows * channels];
        float[] y = new float[rows * channels + Rim.SPILL];
        TapPlan plan = new TapPlan();
        for (int v = from; v < last; v += rows) {
            int count = Math.min(rows, last - v);
            offsetRows.read(v * OFFSETS, offset, count * OFFSETS);
            for (int r = 0; r < count; r++) {
                int w = (v + r) % map.w();
                int h = (v + r) / map.w() % map.h();
                int d = (v + r) / map.w() / map.h();
                plan.fill(rim, offset, r * OFFSETS, d, h, w);
                kernels.deformable().convolve(rim, plan, taps, bias, y, r * channels);
            }
            kernels.rows().standardise(y, count, channels, LayerNormPass.EPS);
            residuals.read(v * channels, residual, count * channels);
            kernels.rows().scaleChannels(y, scaling, residual, count * channels);
            out.write(v * channels, y, count * channels);
        }
    }
}
