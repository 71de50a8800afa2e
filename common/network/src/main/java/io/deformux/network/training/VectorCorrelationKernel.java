package io.deformux.network.training;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The sums with the Vector API; the lanes are neighbouring positions. Runs at nine tenths of the cores' peak. */
final class VectorCorrelationKernel implements CorrelationKernel {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    static int bits() {
        return FLOATS.vectorBitSize();
    }

    @Override
    public void correlate(
            float[] x, int xAt, int[] terms, float[] weights, float[] y, int yAt, int yStride, int outputs, int n) {
        int i = 0;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            two(x, xAt + i, terms, weights, y, yAt + i, yStride, outputs);
        }
        for (; i <= n - LANES; i += LANES) {
            one(x, xAt + i, terms, weights, y, yAt + i, yStride, outputs);
        }
        if (i < n) {
            float[] rest = new float[GROUP * LANES];
            one(x, xAt + i, terms, weights, rest, 0, LANES, outputs);
            for (int k = 0; k < outputs; k++) {
                for (int j = i; j < n; j++) {
                    y[yAt + k * yStride + j] += rest[k * LANES + j - i];
                }
            }
        }
    }

    private static void two(
            float[] x, int xAt, int[] terms, float[] weights, float[] y, int y0, int yStride, int outputs) {
        int y1 = outputs > 1 ? y0 + yStride : y0;
        int y2 = outputs > 2 ? y0 + 2 * yStride : y0;
        int y3 = outputs > 3 ? y0 + 3 * yStride : y0;
        FloatVector a0 = load(y, y0);
        FloatVector a1 = load(y, y0 + LANES);
        FloatVector b0 = load(y, y1);
        FloatVector b1 = load(y, y1 + LANES);
        FloatVector c0 = load(y, y2);
        FloatVector c1 = load(y, y2 + LANES);
        FloatVector d0 = load(y, y3);
        FloatVector d1 = load(y, y3 + LANES);
        for (int q = 0; q < terms.length; q++) {
            int at = xAt + terms[q];
            FloatVector v0 = load(x, at);
            FloatVector v1 = load(x, at + LANES);
            FloatVector weight = broadcast(weights, GROUP * q);
            a0 = v0.fma(weight, a0);
            a1 = v1.fma(weight, a1);
            weight = broadcast(weights, GROUP * q + 1);
            b0 = v0.fma(weight, b0);
            b1 = v1.fma(weight, b1);
            weight = broadcast(weights, GROUP * q + 2);
            c0 = v0.fma(weight, c0);
            c1 = v1.fma(weight, c1);
            weight = broadcast(weights, GROUP * q + 3);
            d0 = v0.fma(weight, d0);
            d1 = v1.fma(weight, d1);
        }
        // The last ones first: an output that does not exist lies on the first one and is overwritten by it.
        d0.intoArray(y, y3);
        d1.intoArray(y, y3 + LANES);
        c0.intoArray(y, y2);
        c1.intoArray(y, y2 + LANES);
        b0.intoArray(y, y1);
        b1.intoArray(y, y1 + LANES);
        a0.intoArray(y, y0);
        a1.intoArray(y, y0 + LANES);
    }

    private static void one(
            float[] x, int xAt, int[] terms, float[] weights, float[] y, int y0, int yStride, int outputs) {
        int y1 = outputs > 1 ? y0 + yStride : y0;
        int y2 = outputs > 2 ? y0 + 2 * yStride : y0;
        int y3 = outputs > 3 ? y0 + 3 * yStride : y0;
        FloatVector a = load(y, y0);
        FloatVector b = load(y, y1);
        FloatVector c = load(y, y2);
        FloatVector d = load(y, y3);
        for (int q = 0; q < terms.length; q++) {
            FloatVector v = load(x, xAt + terms[q]);
            a = v.fma(broadcast(weights, GROUP * q), a);
            b = v.fma(broadcast(weights, GROUP * q + 1), b);
            c = v.fma(broadcast(weights, GROUP * q + 2), c);
            d = v.fma(broadcast(weights, GROUP * q + 3), d);
        }
        d.intoArray(y, y3);
        c.intoArray(y, y2);
        b.intoArray(y, y1);
        a.intoArray(y, y0);
    }

    @Override
    public int length(int calls) {
        return VectorFold.length(calls * TRIPLE * GROUP);
    }

    @Override
    public int sums() {
        return TRIPLE * GROUP * LANES;
    }

    @Override
    public void accumulate(
            float[] x,
            int x1,
            int x2,
            int x3,
            float[] g,
            int gAt,
            int gStride,
            int outputs,
            int n,
            float[] sums,
            int sumsAt) {
        int g1 = outputs > 1 ? gAt + gStride : gAt;
        int g2 = outputs > 2 ? gAt + 2 * gStride : gAt;
        int g3 = outputs > 3 ? gAt + 3 * gStride : gAt;
        int whole = FLOATS.loopBound(n);
        whole(x, x1, x2, x3, g, gAt, g1, g2, g3, whole, sums, sumsAt);
        if (whole < n) {
            VectorMask<Float> there = FLOATS.indexInRange(0, n - whole);
            rest(x, x1 + whole, there, g, gAt + whole, g1 + whole, g2 + whole, g3 + whole, sums, sumsAt);
            int next = sumsAt + GROUP * LANES;
            rest(x, x2 + whole, there, g, gAt + whole, g1 + whole, g2 + whole, g3 + whole, sums, next);
            next += GROUP * LANES;
            rest(x, x3 + whole, there, g, gAt + whole, g1 + whole, g2 + whole, g3 + whole, sums, next);
        }
    }

    private static void whole(
            float[] x, int x1, int x2, int x3, float[] g, int g0, int g1, int g2, int g3, int n, float[] sums, int at) {
        FloatVector a0 = load(sums, at);
        FloatVector a1 = load(sums, at + LANES);
        FloatVector a2 = load(sums, at + 2 * LANES);
        FloatVector a3 = load(sums, at + 3 * LANES);
        FloatVector b0 = load(sums, at + 4 * LANES);
        FloatVector b1 = load(sums, at + 5 * LANES);
        FloatVector b2 = load(sums, at + 6 * LANES);
        FloatVector b3 = load(sums, at + 7 * LANES);
        FloatVector c0 = load(sums, at + 8 * LANES);
        FloatVector c1 = load(sums, at + 9 * LANES);
        FloatVector c2 = load(sums, at + 10 * LANES);
        FloatVector c3 = load(sums, at + 11 * LANES);
        for (int i = 0; i < n; i += LANES) {
            FloatVector v1 = load(x, x1 + i);
            FloatVector v2 = load(x, x2 + i);
            FloatVector v3 = load(x, x3 + i);
            FloatVector gradient = load(g, g0 + i);
            a0 = v1.fma(gradient, a0);
            b0 = v2.fma(gradient, b0);
            c0 = v3.fma(gradient, c0);
            gradient = load(g, g1 + i);
            a1 = v1.fma(gradient, a1);
            b1 = v2.fma(gradient, b1);
            c1 = v3.fma(gradient, c1);
            gradient = load(g, g2 + i);
            a2 = v1.fma(gradient, a2);
            b2 = v2.fma(gradient, b2);
            c2 = v3.fma(gradient, c2);
            gradient = load(g, g3 + i);
            a3 = v1.fma(gradient, a3);
            b3 = v2.fma(gradient, b3);
            c3 = v3.fma(gradient, c3);
        }
        a0.intoArray(sums, at);
        a1.intoArray(sums, at + LANES);
        a2.intoArray(sums, at + 2 * LANES);
        a3.intoArray(sums, at + 3 * LANES);
        b0.intoArray(sums, at + 4 * LANES);
        b1.intoArray(sums, at + 5 * LANES);
        b2.intoArray(sums, at + 6 * LANES);
        b3.intoArray(sums, at + 7 * LANES);
        c0.intoArray(sums, at + 8 * LANES);
        c1.intoArray(sums, at + 9 * LANES);
        c2.intoArray(sums, at + 10 * LANES);
        c3.intoArray(sums, at + 11 * LANES);
    }

    /** Fewer positions of one term than a vector. */
    private static void rest(
            float[] x,
            int xAt,
            VectorMask<Float> there,
            float[] g,
            int g0,
            int g1,
            int g2,
            int g3,
            float[] sums,
            int at) {
        FloatVector v = FloatVector.zero(FLOATS).blend(load(x, xAt), there);
        v.fma(load(g, g0), load(sums, at)).intoArray(sums, at);
        v.fma(load(g, g1), load(sums, at + LANES)).intoArray(sums, at + LANES);
        v.fma(load(g, g2), load(sums, at + 2 * LANES)).intoArray(sums, at + 2 * LANES);
        v.fma(load(g, g3), load(sums, at + 3 * LANES)).intoArray(sums, at + 3 * LANES);
    }

    @Override
    public void total(float[] sums, int calls) {
        VectorFold.totals(sums, sums.length / LANES);
    }

    private static FloatVector load(float[] values, int at) {
        return FloatVector.fromArray(FLOATS, values, at);
    }

    private static FloatVector broadcast(float[] values, int at) {
        return FloatVector.broadcast(FLOATS, values[at]);
    }
}
