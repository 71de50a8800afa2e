package io.deformux.network.kernel;

import java.util.Arrays;

/**
 * The mean and biased variance of every channel over all voxels of a map, as PyTorch's {@code instance_norm} without
 * weights takes them (eps 1e-5): what brings the channel to mean 0 and variance 1.
 *
 * <p>Each task sums differences from the first voxel it sees, in float and over few values, which loses nothing to
 * cancellation; the tasks are combined in their order, in double (Chan, Golub and LeVeque 1979).
 */
public final class InstanceStatistics {
    private static final double EPS = 1e-5;

    /** What one task saw of each channel. */
    private record Part(int voxels, double[] means, double[] squares) {}

    private final Kernels kernels;

    /** Statistics by these kernels. */
    public InstanceStatistics(Kernels kernels) {
        this.kernels = kernels;
    }

    /** Measures a map. */
    public ChannelAffine of(MapView map) {
        Part[] parts = new Part[Chunks.tasks(map.voxels(), map.c())];
        Chunks.forEach(map.voxels(), map.c(), (task, from, to) -> parts[task] = measure(map, from, to));
        return affine(Arrays.stream(parts).reduce(InstanceStatistics::combine).orElseThrow());
    }

    private Part measure(MapView map, int from, int to) {
        int c = map.c();
        int rows = Chunks.rows(c);
        MapRows reader = map.rows(kernels.rows());
        float[] x = new float[rows * c];
        reader.read(from * c, x, c);
        float[] pivot = Chunks.repeat(Arrays.copyOf(x, c), rows);
        float[] sums = new float[rows * c];
        float[] squares = new float[rows * c];
        Chunks.each(from, to, rows, (v, n) -> reader.read(v * c, x, n * c), (v, n) -> kernels.rows()
                .addMoments(x, pivot, sums, squares, n * c));
        int voxels = to - from;
        double[] means = new double[c];
        double[] deviations = new double[c];
        for (int i = 0; i < c; i++) {
            double sum = 0;
            double square = 0;
            for (int at = i; at < rows * c; at += c) {
                sum += sums[at];
                square += squares[at];
            }
            means[i] = pivot[i] + sum / voxels;
            deviations[i] = square - sum * sum / voxels;
        }
        return new Part(voxels, means, deviations);
    }

    private static Part combine(Part a, Part b) {
        int voxels = a.voxels + b.voxels;
        double[] means = new double[a.means.length];
        double[] squares = new double[means.length];
        for (int i = 0; i < means.length; i++) {
            double difference = b.means[i] - a.means[i];
            means[i] = a.means[i] + difference * b.voxels / voxels;
            squares[i] = a.squares[i] + b.squares[i] + difference * difference * a.voxels * b.voxels / voxels;
        }
        return new Part(voxels, means, squares);
    }

    private static ChannelAffine affine(Part all) {
        float[] scale = new float[all.means.length];
        float[] shift = new float[scale.length];
        for (int i = 0; i < scale.length; i++) {
            double factor = 1 / Math.sqrt(Math.max(0, all.squares[i] / all.voxels) + EPS);
            scale[i] = (float) factor;
            shift[i] = (float) (-all.means[i] * factor);
        }
        return new ChannelAffine(scale, shift);
    }
}
