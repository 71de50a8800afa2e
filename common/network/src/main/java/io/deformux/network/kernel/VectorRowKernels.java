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
    public void addHidden(float[] x, float[] in, float[] bias, float[] out, float[] sum, int n) {
        FloatVector end = broadcast(Erf.END);
        FloatVector start = broadcast(-Erf.END);
        FloatVector root = broadcast(Erf.SQRT_HALF);
        FloatVector p0 = broadcast(Erf.P0);
        FloatVector p1 = broadcast(Erf.P1);
        FloatVector p2 = broadcast(Erf.P2);
        FloatVector p3 = broadcast(Erf.P3);
        FloatVector p4 = broadcast(Erf.P4);
        FloatVector p5 = broadcast(Erf.P5);
        FloatVector p6 = broadcast(Erf.P6);
        FloatVector q1 = broadcast(Erf.Q1);
        FloatVector q2 = broadcast(Erf.Q2);
        FloatVector q3 = broadcast(Erf.Q3);
        FloatVector q4 = broadcast(Erf.Q4);
        FloatVector one = broadcast(1);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector hidden = FloatVector.fromArray(FLOATS, x, i)
                    .fma(FloatVector.fromArray(FLOATS, in, i), FloatVector.fromArray(FLOATS, bias, i));
            FloatVector z = hidden.mul(root).max(start).min(end);
            FloatVector u = z.mul(z);
            FloatVector p =
                    u.fma(p6, p5).fma(u, p4).fma(u, p3).fma(u, p2).fma(u, p1).fma(u, p0);
            FloatVector q = u.fma(q4, q3).fma(u, q2).fma(u, q1).fma(u, one);
            FloatVector half = hidden.mul(0.5f);
            FloatVector gelu = z.mul(p).div(q).fma(half, half);
            gelu.fma(FloatVector.fromArray(FLOATS, out, i), FloatVector.fromArray(FLOATS, sum, i))
                    .intoArray(sum, i);
        }
        PlainRowKernels.addHidden(x, in, bias, out, sum, i, n);
    }

    @Override
    public void add(float[] x, float[] y, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector.fromArray(FLOATS, x, i)
                    .add(FloatVector.fromArray(FLOATS, y, i))
                    .intoArray(x, i);
        }
        PlainRowKernels.add(x, y, i, n);
    }

    @Override
    public void project(float[] x, int rows, int channels, float[] weights, float[] bias, int outputs, float[] out) {
        // Four rows share each load of the weights, and none of the four sums waits for another.
        int r = 0;
        for (; r <= rows - 4; r += 4) {
            int x0 = r * channels;
            int x1 = x0 + channels;
            int x2 = x1 + channels;
            int x3 = x2 + channels;
            for (int o = 0; o < outputs; o += LANES) {
                FloatVector a = FloatVector.fromArray(FLOATS, bias, o);
                FloatVector b = a;
                FloatVector c = a;
                FloatVector d = a;
                for (int i = 0, w = o; i < channels; i++, w += outputs) {
                    FloatVector weight = FloatVector.fromArray(FLOATS, weights, w);
                    a = weight.fma(FloatVector.broadcast(FLOATS, x[x0 + i]), a);
                    b = weight.fma(FloatVector.broadcast(FLOATS, x[x1 + i]), b);
                    c = weight.fma(FloatVector.broadcast(FLOATS, x[x2 + i]), c);
                    d = weight.fma(FloatVector.broadcast(FLOATS, x[x3 + i]), d);
                }
                a.intoArray(out, r * outputs + o);
                b.intoArray(out, (r + 1) * outputs + o);
                c.intoArray(out, (r + 2) * outputs + o);
                d.intoArray(out, (r + 3) * outputs + o);
            }
        }
        PlainRowKernels.project(x, r, rows, channels, weights, bias, outputs, out);
    }

    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }
}
