package io.deformux.network.architecture.layered;

import io.deformux.network.kernel.Chunks;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.LayerNormPass;
import io.deformux.network.kernel.MapRows;
import io.deformux.network.kernel.MapView;

/** The end of a block in one pass and in place: norm over channels, channel-wise scaling, and the block's input added. */
public final class ScalingPass {
    private final Kernels kernels;
    private final FoldedScaling scaling;

    /** A pass; the scaling is made for {@link #rows} rows and holds the norm's weights. */
    public ScalingPass(Kernels kernels, FoldedScaling scaling) {
        this.kernels = kernels;
        this.scaling = scaling;
    }

    /** How many voxels of so many channels a chunk has. */
    public static int rows(int channels) {
        return Chunks.rows(channels);
    }

    /** {@code map = input + scaling(norm(map))}; both maps of one shape. */
    public void apply(MapView map, MapView input) {
        int c = map.c();
        int rows = rows(c);
        Chunks.forEach(map.voxels(), c, (task, from, to) -> {
            MapRows values = map.rows(kernels.rows());
            MapRows inputs = input.rows(kernels.rows());
            float[] x = new float[rows * c];
            float[] sum = new float[rows * c];
            Chunks.each(
                    from,
                    to,
                    rows,
                    (v, n) -> values.read(v * c, x, n * c),
                    (v, n) -> kernels.rows().standardise(x, n, c, LayerNormPass.EPS),
                    (v, n) -> inputs.read(v * c, sum, n * c),
                    (v, n) -> scaling.addTo(sum, x, kernels.rows(), n * c),
                    (v, n) -> values.write(v * c, sum, n * c));
        });
    }
}
