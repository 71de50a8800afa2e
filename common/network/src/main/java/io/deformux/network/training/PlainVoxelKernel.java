package io.deformux.network.training;

/** One voxel at a time. */
final class PlainVoxelKernel implements VoxelKernel {
    private final int lanes;

    PlainVoxelKernel() {
        this(1);
    }

    /** Adds to the first of so many lanes of each sum. */
    PlainVoxelKernel(int lanes) {
        this.lanes = lanes;
    }

    @Override
    public int lanes() {
        return lanes;
    }

    @Override
    public void norm(
            float[] x, int xAt, int xStride, float[] weight, float[] bias, float[] y, int yAt, int yStride, int n) {
        for (int i = 0; i < n; i++) {
            float mean = mean(x, xAt + i, xStride, weight.length);
            float factor = factor(x, xAt + i, xStride, weight.length, mean);
            for (int c = 0; c < weight.length; c++) {
                y[yAt + i + c * yStride] = (x[xAt + i + c * xStride] - mean) * factor * weight[c] + bias[c];
            }
        }
    }

    @Override
    public void normGradient(
            float[] x,
            int xAt,
            int xStride,
            float[] weight,
            float[] g,
            int gAt,
            float[] gx,
            int gxAt,
            int gStride,
            int n,
            float[] sums) {
        int channels = weight.length;
        for (int i = 0; i < n; i++) {
            float mean = mean(x, xAt + i, xStride, channels);
            float factor = factor(x, xAt + i, xStride, channels, mean);
            float sum = 0;
            float product = 0;
            for (int c = 0; c < channels; c++) {
                float gradient = g[gAt + i + c * gStride];
                float normed = (x[xAt + i + c * xStride] - mean) * factor;
                sums[c * lanes] += gradient * normed;
                sums[(channels + c) * lanes] += gradient;
                sum += gradient * weight[c];
                product += gradient * weight[c] * normed;
            }
            for (int c = 0; c < channels; c++) {
                float normed = (x[xAt + i + c * xStride] - mean) * factor;
                gx[gxAt + i + c * gStride] =
                        factor * (g[gAt + i + c * gStride] * weight[c] - sum / channels - normed * product / channels);
            }
        }
    }

    private static float mean(float[] x, int at, int stride, int channels) {
        float sum = 0;
        for (int c = 0; c < channels; c++) {
            sum += x[at + c * stride];
        }
        return sum / channels;
    }

    private static float factor(float[] x, int at, int stride, int channels, float mean) {
        float squares = 0;
        for (int c = 0; c < channels; c++) {
            float difference = x[at + c * stride] - mean;
            squares += difference * difference;
        }
        return (float) (1 / Math.sqrt(squares / channels + EPSILON));
    }

    @Override
    public void scale(Scaling scaling, int channel, float[] x, int xAt, float[] residual, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            float sum = scaling.outBias()[channel];
            for (int m = WIDENING * channel; m < WIDENING * (channel + 1); m++) {
                float hidden = x[xAt + i] * scaling.in()[m] + scaling.inBias()[m];
                sum += scaling.out()[m] * hidden * Gaussian.below(hidden, Gaussian.bell(hidden));
            }
            y[yAt + i] = residual[yAt + i] + scaling.gamma()[channel] * sum;
        }
    }

    @Override
    public void scaleGradient(
            Scaling scaling, int channel, float[] x, int xAt, float[] g, float[] gx, int gAt, int n, float[] sums) {
        for (int i = 0; i < n; i++) {
            float gradient = g[gAt + i];
            float inputGradient = 0;
            for (int m = 0; m < WIDENING; m++) {
                int at = WIDENING * channel + m;
                float hidden = x[xAt + i] * scaling.in()[at] + scaling.inBias()[at];
                float bell = Gaussian.bell(hidden);
                float below = Gaussian.below(hidden, bell);
                float slope = below + hidden * bell * Gaussian.DENSITY_AT_0;
                float hiddenGradient = gradient * scaling.gamma()[channel] * scaling.out()[at] * slope;
                sums[3 * m * lanes] += gradient * hidden * below;
                sums[(3 * m + 1) * lanes] += hiddenGradient * x[xAt + i];
                sums[(3 * m + 2) * lanes] += hiddenGradient;
                inputGradient += hiddenGradient * scaling.in()[at];
            }
            sums[3 * WIDENING * lanes] += gradient;
            gx[gAt + i] = inputGradient;
        }
    }
}
