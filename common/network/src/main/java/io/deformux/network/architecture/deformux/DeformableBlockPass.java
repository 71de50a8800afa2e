package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.layered.FoldedScaling;
import io.deformux.network.kernel.Chunks;
import io.deformux.network.kernel.DeformablePass;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.LayerNormPass;
import io.deformux.network.kernel.MapRows;
import io.deformux.network.kernel.MapView;
import io.deformux.network.kernel.Rim;

/**
 * A deformable block behind its offset convolution, in one pass: deformable convolution, layer norm, channel-wise
 * scaling, residual.
 */
public final class DeformableBlockPass {
    private final Kernels kernels;
    private final DeformablePass convolution;
    private final FoldedScaling scaling;

    /** The pass of one block; the scaling is made for {@link #rows} rows and holds the norm's weights. */
    public DeformableBlockPass(Kernels kernels, DeformablePass convolution, FoldedScaling scaling) {
        this.kernels = kernels;
        this.convolution = convolution;
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
     * @param offsets as {@link DeformablePass#apply} takes them
     * @param to takes the result; not {@code x}
     */
    public void apply(MapView x, MapView offsets, MapView to) {
        Rim rim = Rim.around(x, kernels.rows());
        Chunks.forEach(x.voxels(), x.c(), (task, from, last) -> run(rim, offsets, to, from, last));
    }

    private void run(Rim rim, MapView offsets, MapView to, int from, int last) {
        int channels = to.c();
        int rows = Chunks.rows(channels);
        DeformablePass.OffsetRows offset = convolution.new OffsetRows(offsets, rows);
        MapRows residuals = rim.map().rows(kernels.rows());
        MapRows out = to.rows(kernels.rows());
        float[] residual = new float[rows * channels];
        float[] y = new float[rows * channels + Rim.SPILL];
        Chunks.each(
                from,
                last,
                rows,
                offset::read,
                (v, n) -> convolution.convolve(rim, offset, y, v, n),
                (v, n) -> kernels.rows().standardise(y, n, channels, LayerNormPass.EPS),
                (v, n) -> residuals.read(v * channels, residual, n * channels),
                (v, n) -> scaling.addTo(residual, y, kernels.rows(), n * channels),
                (v, n) -> out.write(v * channels, residual, n * channels));
    }
}
