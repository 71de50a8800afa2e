package io.deformux.worker.train.sampling;

import io.deformux.volume.Shape3;

/**
 * Smooths by a Gaussian, axis after axis, with zeros beyond the border. It reaches four standard deviations far, where its
 * weights are made to sum up to 1 (SciPy: gaussian_filter with mode constant). Safe to share between threads.
 */
final class GaussianFilter {
    private static final int TRUNCATED_AT = 4;

    private final float[] weights;

    /** A filter of that standard deviation in voxels. */
    GaussianFilter(double sigma) {
        int radius = (int) (TRUNCATED_AT * sigma + 0.5);
        double[] exact = new double[radius + 1];
        double sum = 0;
        for (int n = 0; n <= radius; n++) {
            exact[n] = StrictMath.exp(-0.5 * n * n / (sigma * sigma));
            sum += n == 0 ? exact[n] : 2 * exact[n];
        }
        this.weights = new float[radius + 1];
        for (int n = 0; n <= radius; n++) {
            weights[n] = (float) (exact[n] / sum);
        }
    }

    /** Smoothed values in a new array, last axis fastest as those given. */
    float[] apply(float[] values, Shape3 shape) {
        float[] smoothed = along(values, shape.d(), shape.h() * shape.w());
        smoothed = along(smoothed, shape.h(), shape.w());
        return along(smoothed, shape.w(), 1);
    }

    /** Along an axis of that length, whose neighbours are {@code stride} apart. */
    private float[] along(float[] values, int length, int stride) {
        float[] smoothed = new float[values.length];
        for (int block = 0; block < values.length; block += length * stride) {
            for (int to = 0; to < length; to++) {
                int first = Math.max(0, to - weights.length + 1);
                int last = Math.min(length - 1, to + weights.length - 1);
                for (int from = first; from <= last; from++) {
                    add(
                            values,
                            block + from * stride,
                            weights[Math.abs(from - to)],
                            smoothed,
                            block + to * stride,
                            stride);
                }
            }
        }
        return smoothed;
    }

    private static void add(float[] values, int from, float weight, float[] sums, int to, int count) {
        for (int n = 0; n < count; n++) {
            sums[to + n] += weight * values[from + n];
        }
    }
}
