package io.deformux.network.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The row kernels with the Vector API; what does not fill a vector at the end is done by the plain ones. */
final class VectorRowKernels implements RowKernels {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));
    private static final int LANES = FLOATS.length();

    static int bits() {
        return FLOATS.vectorBitSize();
    }

    @Override
    public void widen(short[] from, float[] to, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            IntVector bits =
                    (IntVector) ShortVector.fromArray(SHORTS, from, i).convertShape(VectorOperators.S2I, INTS, 0);
            bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().intoArray(to, i);
        }
        PlainRowKernels.widen(from, to, i, n);
    }

    @Override
    public void narrow(float[] from, short[] to, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            IntVector bits = FloatVector.fromArray(FLOATS, from, i).reinterpretAsInts();
            IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
            IntVector rounded = bits.add(0x7FFF).add(odd).lanewise(VectorOperators.LSHR, 16);
            ((ShortVector) rounded.convertShape(VectorOperators.I2S, SHORTS, 0)).intoArray(to, i);
        }
        PlainRowKernels.narrow(from, to, i, n);
    }

    @Override
    public void addMoments(float[] x, float[] pivot, float[] sums, float[] squares, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector difference = FloatVector.fromArray(FLOATS, x, i).sub(FloatVector.fromArray(FLOATS, pivot, i));
            FloatVector.fromArray(FLOATS, sums, i).add(difference).intoArray(sums, i);
            difference
                    .fma(difference, FloatVector.fromArray(FLOATS, squares, i))
                    .intoArray(squares, i);
        }
        PlainRowKernels.addMoments(x, pivot, sums, squares, i, n);
    }

    @Override
    public void affine(float[] x, float[] scale, float[] shift, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector.fromArray(FLOATS, x, i)
                    .fma(FloatVector.fromArray(FLOATS, scale, i), FloatVector.fromArray(FLOATS, shift, i))
                    .intoArray(x, i);
        }
        PlainRowKernels.affine(x, scale, shift, i, n);
    }

    @Override
    public void affineLeaky(float[] x, float[] scale, float[] shift, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector y = FloatVector.fromArray(FLOATS, x, i)
                    .fma(FloatVector.fromArray(FLOATS, scale, i), FloatVector.fromArray(FLOATS, shift, i));
            y.max(y.mul(LEAK)).intoArray(x, i);
        }
        PlainRowKernels.affineLeaky(x, scale, shift, i, n);
    }

    @Override
    public void joinLeaky(float[] x, float[] scale, float[] shift, float[] other, float[] otherScale, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector y = FloatVector.fromArray(FLOATS, x, i)
                    .fma(FloatVector.fromArray(FLOATS, scale, i), FloatVector.fromArray(FLOATS, shift, i));
            y = FloatVector.fromArray(FLOATS, other, i).fma(FloatVector.fromArray(FLOATS, otherScale, i), y);
            y.max(y.mul(LEAK)).intoArray(x, i);
        }
        PlainRowKernels.joinLeaky(x, scale, shift, other, otherScale, i, n);
    }

    @Override
    public void standardise(float[] x, int rows, int channels, float eps) {
        int whole = FLOATS.loopBound(channels);
        for (int r = 0; r < rows; r++) {
            int at = r * channels;
            FloatVector sums = FloatVector.zero(FLOATS);
            for (int c = 0; c < whole; c += LANES) {
                sums = sums.add(FloatVector.fromArray(FLOATS, x, at + c));
            }
            float sum = sums.reduceLanes(VectorOperators.ADD);
            for (int c = whole; c < channels; c++) {
                sum += x[at + c];
            }
            float mean = sum / channels;
            FloatVector squares = FloatVector.zero(FLOATS);
            for (int c = 0; c < whole; c += LANES) {
                FloatVector difference =
                        FloatVector.fromArray(FLOATS, x, at + c).sub(mean);
                squares = difference.fma(difference, squares);
            }
            float square = squares.reduceLanes(VectorOperators.ADD);
            for (int c = whole; c < channels; c++) {
                square += (x[at + c] - mean) * (x[at + c] - mean);
            }
            float factor = (float) (1 / Math.sqrt(square / channels + eps));
            for (int c = 0; c < whole; c += LANES) {
                FloatVector.fromArray(FLOATS, x, at + c).sub(mean).mul(factor).intoArray(x, at + c);
            }
            for (int c = whole; c < channels; c++) {
                x[at + c] = (x[at + c] - mean) * factor;
            }
        }
    }

    @Override
    public void scaleChannels(float[] x, ChannelScaling scaling, float[] residual, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector y = FloatVector.fromArray(FLOATS, x, i);
            FloatVector sum =
                    FloatVector.fromArray(FLOATS, scaling.shift(), i).add(FloatVector.fromArray(FLOATS, residual, i));
            for (int m = 0; m < ChannelScaling.WIDENING; m++) {
                FloatVector hidden = y.fma(
                        FloatVector.fromArray(FLOATS, scaling.in()[m], i),
                        FloatVector.fromArray(FLOATS, scaling.bias()[m], i));
                sum = gelu(hidden).fma(FloatVector.fromArray(FLOATS, scaling.out()[m], i), sum);
            }
            sum.intoArray(x, i);
        }
        PlainRowKernels.scaleChannels(x, scaling, residual, i, n);
    }

    @Override
    public void project(
            float[] x, int at, int channels, float[] weights, float[] bias, int outputs, float[] out, int outAt) {
        for (int o = 0; o < outputs; o += LANES) {
            FloatVector sum = FloatVector.fromArray(FLOATS, bias, o);
            for (int c = 0; c < channels; c++) {
                sum = FloatVector.fromArray(FLOATS, weights, c * outputs + o)
                        .fma(FloatVector.broadcast(FLOATS, x[at + c]), sum);
            }
            sum.intoArray(out, outAt + o);
        }
    }

    private static FloatVector gelu(FloatVector x) {
        FloatVector z = x.mul(Erf.SQRT_HALF).max(-Erf.END).min(Erf.END);
        FloatVector u = z.mul(z);
        FloatVector p = u.mul(Erf.P6)
                .add(Erf.P5)
                .fma(u, broadcast(Erf.P4))
                .fma(u, broadcast(Erf.P3))
                .fma(u, broadcast(Erf.P2))
                .fma(u, broadcast(Erf.P1))
                .fma(u, broadcast(Erf.P0));
        FloatVector q = u.mul(Erf.Q4)
                .add(Erf.Q3)
                .fma(u, broadcast(Erf.Q2))
                .fma(u, broadcast(Erf.Q1))
                .fma(u, broadcast(1));
        FloatVector half = x.mul(0.5f);
        return half.fma(z.mul(p).div(q), half);
    }

    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }
}
