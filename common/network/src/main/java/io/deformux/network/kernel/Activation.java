package io.deformux.network.kernel;

import java.util.Arrays;

/** What follows a convolution, in one pass and in place: the norm, the residual, and a LeakyReLU (slope 0.01) or a GELU. */
public final class Activation {
    private final Kernels kernels;

    /** Passes by these kernels. */
    public Activation(Kernels kernels) {
        this.kernels = kernels;
    }

    /** {@code map = leaky(norm(map))}. */
    public void apply(MapView map, ChannelAffine norm) {
        int c = map.c();
        int rows = Chunks.rows(c);
        float[] scale = Chunks.repeat(norm.scale(), rows);
        float[] shift = Chunks.repeat(norm.shift(), rows);
        Chunks.forEach(map.voxels(), c, (task, from, to) -> {
            MapRows values = map.rows(kernels.rows());
            float[] x = new float[rows * c];
            Chunks.each(
                    from,
                    to,
                    rows,
                    (v, n) -> values.read(v * c, x, n * c),
                    (v, n) -> kernels.rows().affineLeaky(x, scale, shift, n * c),
                    (v, n) -> values.write(v * c, x, n * c));
        });
    }

    /** {@code map = leaky(norm(map) + otherNorm(other))}; both maps of one shape. */
    public void join(MapView map, ChannelAffine norm, MapView other, ChannelAffine otherNorm) {
        int c = map.c();
        int rows = Chunks.rows(c);
        Join join = new Join(kernels.rows(), norm, otherNorm, rows);
        Chunks.forEach(map.voxels(), c, (task, from, to) -> {
            MapRows values = map.rows(kernels.rows());
            MapRows others = other.rows(kernels.rows());
            float[] x = new float[rows * c];
            float[] y = new float[rows * c];
            Chunks.each(
                    from,
                    to,
                    rows,
                    (v, n) -> values.read(v * c, x, n * c),
                    (v, n) -> others.read(v * c, y, n * c),
                    (v, n) -> join.apply(x, y, n * c),
                    (v, n) -> values.write(v * c, x, n * c));
        });
    }

    /** {@code map = gelu(norm(map))}, with the exact (error function) GELU. */
    public void gelu(MapView map, ChannelAffine norm) {
        int c = map.c();
        int rows = Chunks.rows(c);
        float[] scale = Chunks.repeat(norm.scale(), rows);
        float[] shift = Chunks.repeat(norm.shift(), rows);
        float[] ones = Chunks.repeat(ChannelAffine.identity(c).scale(), rows);
        Chunks.forEach(map.voxels(), c, (task, from, to) -> {
            MapRows values = map.rows(kernels.rows());
            float[] x = new float[rows * c];
            float[] sum = new float[rows * c];
            Chunks.each(
                    from,
                    to,
                    rows,
                    (v, n) -> values.read(v * c, x, n * c),
                    (v, n) -> Arrays.fill(sum, 0),
                    (v, n) -> kernels.rows().addHidden(x, scale, shift, ones, sum, n * c),
                    (v, n) -> values.write(v * c, sum, n * c));
        });
    }
}
