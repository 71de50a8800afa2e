package io.deformux.network.kernel;

import java.util.Arrays;

/**
 * The depthwise 3x3x3 deformable convolution with its weights: stride 1, padding 1, dilation 1, offsets shared by all
 * channels, zeros outside the volume (DeformUX-Net, arXiv 2310.00199, section 3). Holds no state of a call.
 */
public final class DeformablePass {
    /** Channels of an offset map: 27 taps, three axes each. */
    public static final int OFFSETS = 3 * TapPlan.TAPS;

    private final Kernels kernels;
    private final int channels;
    private final float[] taps;
    private final float[] bias;

    /**
     * A convolution.
     *
     * @param weight (c, 1, 3, 3, 3)
     * @param bias (c)
     */
    public DeformablePass(Kernels kernels, float[] weight, float[] bias) {
        this.kernels = kernels;
        this.channels = bias.length;
        this.taps = new float[weight.length + Rim.SPILL];
        for (int c = 0; c < channels; c++) {
            for (int t = 0; t < TapPlan.TAPS; t++) {
                taps[t * channels + c] = weight[c * TapPlan.TAPS + t];
            }
        }
        this.bias = Arrays.copyOf(bias, channels + Rim.SPILL);
    }

    /**
     * Convolves a map.
     *
     * @param offsets {@link #OFFSETS} channels on the same grid, channel 3 x tap + axis: where each tap samples, in voxels
     *     from its place on the grid
     * @param to takes the result; not {@code x}
     */
    public void apply(MapView x, MapView offsets, MapView to) {
        Rim rim = Rim.around(x, kernels.rows());
        int rows = Chunks.rows(channels);
        Chunks.forEach(x.voxels(), channels, (task, from, last) -> {
            MapRows out = to.rows(kernels.rows());
            float[] y = new float[rows * channels + Rim.SPILL];
            OffsetRows offset = new OffsetRows(offsets, rows);
            Chunks.each(
                    from,
                    last,
                    rows,
                    offset::read,
                    (v, n) -> convolve(rim, offset, y, v, n),
                    (v, n) -> out.write(v * channels, y, n * channels));
        });
    }

    /** The offsets of one chunk at a time, and the plan of one voxel. Belongs to one thread. */
    public final class OffsetRows {
        private final MapRows rows;
        private final float[] values;
        private final TapPlan plan = new TapPlan();

        public OffsetRows(MapView offsets, int rows) {
            this.rows = offsets.rows(kernels.rows());
            this.values = new float[rows * OFFSETS];
        }

        public void read(int voxel, int voxels) {
            rows.read(voxel * OFFSETS, values, voxels * OFFSETS);
        }
    }

    /**
     * Convolves some voxels whose offsets have been read.
     *
     * @param y takes (voxels, c) and has {@link Rim#SPILL} values more
     */
    public void convolve(Rim rim, OffsetRows offset, float[] y, int voxel, int voxels) {
        MapView map = rim.map();
        for (int r = 0; r < voxels; r++) {
            int w = (voxel + r) % map.w();
            int h = (voxel + r) / map.w() % map.h();
            int d = (voxel + r) / map.w() / map.h();
            offset.plan.fill(rim, offset.values, r * OFFSETS, d, h, w);
            kernels.deformable().convolve(rim, offset.plan, taps, bias, y, r * channels);
        }
    }
}
