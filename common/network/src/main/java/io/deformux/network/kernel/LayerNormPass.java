package io.deformux.network.kernel;

/** Mean and biased variance over the channels of one voxel, eps 1e-6, with weight and bias per channel. */
public final class LayerNormPass {
    /** The reference's eps. */
    public static final float EPS = 1e-6f;

    private final Kernels kernels;
    private final ChannelAffine learned;

    /** A norm with its learned weight (scale) and bias (shift). */
    public LayerNormPass(Kernels kernels, ChannelAffine learned) {
        this.kernels = kernels;
        this.learned = learned;
    }

    /** Normalises {@code from} into {@code to}, which may be the same map. */
    public void apply(MapView from, MapView to) {
        int c = from.c();
        int rows = Chunks.rows(c);
        float[] scale = Chunks.repeat(learned.scale(), rows);
        float[] shift = Chunks.repeat(learned.shift(), rows);
        Chunks.forEach(from.voxels(), c, (task, first, last) -> {
            MapRows in = from.rows(kernels.rows());
            MapRows out = to.rows(kernels.rows());
            float[] x = new float[rows * c];
            Chunks.each(
                    first,
                    last,
                    rows,
                    (v, n) -> in.read(v * c, x, n * c),
                    (v, n) -> kernels.rows().standardise(x, n, c, EPS),
                    (v, n) -> kernels.rows().affine(x, scale, shift, n * c),
                    (v, n) -> out.write(v * c, x, n * c));
        });
    }
}
