package io.deformux.network.training;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the Vector API; the lanes are neighbouring voxels. What does not fill a vector at the end is done by the plain
 * kernel.
 */
final class VectorVoxelKernel implements VoxelKernel {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    private static final float LOG2_E = 1.44269504088896341f;
    /** ln 2 in two parts, the first with few digits, so that its multiples are exact. */
    private static final float LN2_HIGH = 0.693359375f;

    private static final float LN2_LOW = -2.12194440e-4f;
    /** 1.5 * 2^23: a number added to it is rounded to an integer, which its last bits hold. */
    private static final float ROUNDER = 12582912;

    private static final int EXPONENT = 23;
    /** Below this exp is taken as exp of this. */
    private static final float SMALLEST = -87;

    private final VoxelKernel plain = new PlainVoxelKernel(LANES);

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void norm(
            float[] x, int xAt, int xStride, float[] weight, float[] bias, float[] y, int yAt, int yStride, int n) {
        int whole = FLOATS.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector mean = mean(x, xAt + i, xStride, weight.length);
            FloatVector factor = factor(x, xAt + i, xStride, weight.length, mean);
            for (int c = 0; c < weight.length; c++) {
                load(x, xAt + i + c * xStride)
                        .sub(mean)
                        .mul(factor)
                        .fma(broadcast(weight[c]), broadcast(bias[c]))
                        .intoArray(y, yAt + i + c * yStride);
            }
        }
        plain.norm(x, xAt + whole, xStride, weight, bias, y, yAt + whole, yStride, n - whole);
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
        int whole = FLOATS.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            normGradient(x, xAt + i, xStride, weight, g, gAt + i, gx, gxAt + i, gStride, sums);
        }
        plain.normGradient(x, xAt + whole, xStride, weight, g, gAt + whole, gx, gxAt + whole, gStride, n - whole, sums);
    }

    private static void normGradient(
            float[] x,
            int xAt,
            int xStride,
            float[] weight,
            float[] g,
            int gAt,
            float[] gx,
            int gxAt,
            int gStride,
            float[] sums) {
        int channels = weight.length;
        FloatVector mean = mean(x, xAt, xStride, channels);
        FloatVector factor = factor(x, xAt, xStride, channels, mean);
        FloatVector sum = FloatVector.zero(FLOATS);
        FloatVector product = FloatVector.zero(FLOATS);
        for (int c = 0; c < channels; c++) {
            FloatVector gradient = load(g, gAt + c * gStride);
            FloatVector normed = load(x, xAt + c * xStride).sub(mean).mul(factor);
            gradient.fma(normed, load(sums, c * LANES)).intoArray(sums, c * LANES);
            gradient.add(load(sums, (channels + c) * LANES)).intoArray(sums, (channels + c) * LANES);
            FloatVector weighted = gradient.mul(weight[c]);
            sum = sum.add(weighted);
            product = weighted.fma(normed, product);
        }
        sum = sum.mul(-1f / channels);
        product = product.mul(-1f / channels);
        for (int c = 0; c < channels; c++) {
            FloatVector normed = load(x, xAt + c * xStride).sub(mean).mul(factor);
            load(g, gAt + c * gStride)
                    .fma(broadcast(weight[c]), normed.fma(product, sum))
                    .mul(factor)
                    .intoArray(gx, gxAt + c * gStride);
        }
    }

    private static FloatVector mean(float[] x, int at, int stride, int channels) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int c = 0; c < channels; c++) {
            sum = sum.add(load(x, at + c * stride));
        }
        return sum.div(channels);
    }

    private static FloatVector factor(float[] x, int at, int stride, int channels, FloatVector mean) {
        FloatVector squares = FloatVector.zero(FLOATS);
        for (int c = 0; c < channels; c++) {
            FloatVector difference = load(x, at + c * stride).sub(mean);
            squares = difference.fma(difference, squares);
        }
        return broadcast(1).div(squares.div(channels).add(EPSILON).sqrt());
    }

    @Override
    public void scale(Scaling scaling, int channel, float[] x, int xAt, float[] residual, float[] y, int yAt, int n) {
        int whole = FLOATS.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector value = load(x, xAt + i);
            FloatVector sum = broadcast(scaling.outBias()[channel]);
            for (int m = WIDENING * channel; m < WIDENING * (channel + 1); m++) {
                FloatVector hidden = value.fma(broadcast(scaling.in()[m]), broadcast(scaling.inBias()[m]));
                sum = below(hidden, bell(hidden)).mul(hidden).fma(broadcast(scaling.out()[m]), sum);
            }
            sum.fma(broadcast(scaling.gamma()[channel]), load(residual, yAt + i))
                    .intoArray(y, yAt + i);
        }
        plain.scale(scaling, channel, x, xAt + whole, residual, y, yAt + whole, n - whole);
    }

    @Override
    public void scaleGradient(
            Scaling scaling, int channel, float[] x, int xAt, float[] g, float[] gx, int gAt, int n, float[] sums) {
        int whole = FLOATS.loopBound(n);
        for (int m = 0; m < WIDENING; m++) {
            hiddenGradient(scaling, channel, m, x, xAt, g, gx, gAt, whole, sums);
        }
        FloatVector sum = load(sums, 3 * WIDENING * LANES);
        for (int i = 0; i < whole; i += LANES) {
            sum = sum.add(load(g, gAt + i));
        }
        sum.intoArray(sums, 3 * WIDENING * LANES);
        plain.scaleGradient(scaling, channel, x, xAt + whole, g, gx, gAt + whole, n - whole, sums);
    }

    private static void hiddenGradient(
            Scaling scaling,
            int channel,
            int m,
            float[] x,
            int xAt,
            float[] g,
            float[] gx,
            int gAt,
            int n,
            float[] sums) {
        int at = WIDENING * channel + m;
        FloatVector in = broadcast(scaling.in()[at]);
        FloatVector bias = broadcast(scaling.inBias()[at]);
        float out = scaling.gamma()[channel] * scaling.out()[at];
        FloatVector ofOut = load(sums, 3 * m * LANES);
        FloatVector ofIn = load(sums, (3 * m + 1) * LANES);
        FloatVector ofBias = load(sums, (3 * m + 2) * LANES);
        for (int i = 0; i < n; i += LANES) {
            FloatVector value = load(x, xAt + i);
            FloatVector gradient = load(g, gAt + i);
            FloatVector hidden = value.fma(in, bias);
            FloatVector bell = bell(hidden);
            FloatVector below = below(hidden, bell);
            FloatVector slope = hidden.mul(Gaussian.DENSITY_AT_0).fma(bell, below);
            FloatVector hiddenGradient = gradient.mul(out).mul(slope);
            ofOut = gradient.mul(hidden).fma(below, ofOut);
            ofIn = hiddenGradient.fma(value, ofIn);
            ofBias = ofBias.add(hiddenGradient);
            FloatVector before = m == 0 ? FloatVector.zero(FLOATS) : load(gx, gAt + i);
            hiddenGradient.fma(in, before).intoArray(gx, gAt + i);
        }
        ofOut.intoArray(sums, 3 * m * LANES);
        ofIn.intoArray(sums, (3 * m + 1) * LANES);
        ofBias.intoArray(sums, (3 * m + 2) * LANES);
    }

    /** exp(-x^2 / 2): a power of 2 times exp of what is left, by its series. */
    private static FloatVector bell(FloatVector x) {
        FloatVector power = x.mul(x).mul(-0.5f).max(SMALLEST);
        FloatVector rounded = power.fma(broadcast(LOG2_E), broadcast(ROUNDER));
        FloatVector whole = rounded.sub(ROUNDER);
        FloatVector rest = whole.fma(broadcast(-LN2_LOW), whole.fma(broadcast(-LN2_HIGH), power));
        FloatVector series = rest.mul(1f / 720)
                .add(1f / 120)
                .fma(rest, broadcast(1f / 24))
                .fma(rest, broadcast(1f / 6))
                .fma(rest, broadcast(0.5f))
                .fma(rest, broadcast(1))
                .fma(rest, broadcast(1));
        return series.reinterpretAsInts()
                .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT))
                .reinterpretAsFloats();
    }

    private static FloatVector below(FloatVector x, FloatVector bell) {
        FloatVector one = broadcast(1);
        FloatVector t = one.div(x.abs().fma(broadcast(Gaussian.T * Gaussian.SQRT_HALF), one));
        FloatVector tail = t.mul(Gaussian.A5)
                .add(Gaussian.A4)
                .fma(t, broadcast(Gaussian.A3))
                .fma(t, broadcast(Gaussian.A2))
                .fma(t, broadcast(Gaussian.A1))
                .mul(t)
                .mul(bell)
                .mul(0.5f);
        return one.sub(tail).blend(tail, x.compare(VectorOperators.LT, 0));
    }

    private static FloatVector load(float[] values, int at) {
        return FloatVector.fromArray(FLOATS, values, at);
    }

    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }
}
