package io.deformux.network.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums with the Vector API. One method for each width, with a flat loop over the terms: HotSpot keeps the twelve sums
 * in registers only if nothing else is inlined beside them and no loop lies within another.
 */
final class VectorConvolutionKernel implements ConvolutionKernel {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void accumulate(
            int vectors,
            Factor runs,
            int runsAt,
            Factor singles,
            int singlesAt,
            int from,
            int to,
            float[] sums,
            int at,
            int step) {
        switch (vectors) {
            case 1:
                one(runs, runsAt, singles, singlesAt, from, to, sums, at, step);
                break;
            case 2:
                two(runs, runsAt, singles, singlesAt, from, to, sums, at, step);
                break;
            default:
                three(runs, runsAt, singles, singlesAt, from, to, sums, at, step);
        }
    }

    private static void three(
            Factor runs, int runsAt, Factor singles, int singlesAt, int from, int to, float[] sums, int at, int step) {
        float[] run = runs.values();
        int[] runTerms = runs.terms();
        float[] single = singles.values();
        int[] singleTerms = singles.terms();
        int apart = singles.step();
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector b2 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector c2 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector d2 = zero;
        for (int t = from; t < to; t++) {
            int at0 = runsAt + runTerms[t];
            FloatVector run0 = load(run, at0);
            FloatVector run1 = load(run, at0 + LANES);
            FloatVector run2 = load(run, at0 + 2 * LANES);
            int one = singlesAt + singleTerms[t];
            FloatVector value = broadcast(single, one);
            a0 = run0.fma(value, a0);
            a1 = run1.fma(value, a1);
            a2 = run2.fma(value, a2);
            value = broadcast(single, one + apart);
            b0 = run0.fma(value, b0);
            b1 = run1.fma(value, b1);
            b2 = run2.fma(value, b2);
            value = broadcast(single, one + 2 * apart);
            c0 = run0.fma(value, c0);
            c1 = run1.fma(value, c1);
            c2 = run2.fma(value, c2);
            value = broadcast(single, one + 3 * apart);
            d0 = run0.fma(value, d0);
            d1 = run1.fma(value, d1);
            d2 = run2.fma(value, d2);
        }
        a0.add(load(sums, at)).intoArray(sums, at);
        a1.add(load(sums, at + LANES)).intoArray(sums, at + LANES);
        a2.add(load(sums, at + 2 * LANES)).intoArray(sums, at + 2 * LANES);
        b0.add(load(sums, at + step)).intoArray(sums, at + step);
        b1.add(load(sums, at + step + LANES)).intoArray(sums, at + step + LANES);
        b2.add(load(sums, at + step + 2 * LANES)).intoArray(sums, at + step + 2 * LANES);
        c0.add(load(sums, at + 2 * step)).intoArray(sums, at + 2 * step);
        c1.add(load(sums, at + 2 * step + LANES)).intoArray(sums, at + 2 * step + LANES);
        c2.add(load(sums, at + 2 * step + 2 * LANES)).intoArray(sums, at + 2 * step + 2 * LANES);
        d0.add(load(sums, at + 3 * step)).intoArray(sums, at + 3 * step);
        d1.add(load(sums, at + 3 * step + LANES)).intoArray(sums, at + 3 * step + LANES);
        d2.add(load(sums, at + 3 * step + 2 * LANES)).intoArray(sums, at + 3 * step + 2 * LANES);
    }

    private static void two(
            Factor runs, int runsAt, Factor singles, int singlesAt, int from, int to, float[] sums, int at, int step) {
        float[] run = runs.values();
        int[] runTerms = runs.terms();
        float[] single = singles.values();
        int[] singleTerms = singles.terms();
        int apart = singles.step();
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector f0 = zero;
        FloatVector f1 = zero;
        for (int t = from; t < to; t++) {
            int at0 = runsAt + runTerms[t];
            FloatVector run0 = load(run, at0);
            FloatVector run1 = load(run, at0 + LANES);
            int one = singlesAt + singleTerms[t];
            FloatVector value = broadcast(single, one);
            a0 = run0.fma(value, a0);
            a1 = run1.fma(value, a1);
            value = broadcast(single, one + apart);
            b0 = run0.fma(value, b0);
            b1 = run1.fma(value, b1);
            value = broadcast(single, one + 2 * apart);
            c0 = run0.fma(value, c0);
            c1 = run1.fma(value, c1);
            value = broadcast(single, one + 3 * apart);
            d0 = run0.fma(value, d0);
            d1 = run1.fma(value, d1);
            value = broadcast(single, one + 4 * apart);
            e0 = run0.fma(value, e0);
            e1 = run1.fma(value, e1);
            value = broadcast(single, one + 5 * apart);
            f0 = run0.fma(value, f0);
            f1 = run1.fma(value, f1);
        }
        a0.add(load(sums, at)).intoArray(sums, at);
        a1.add(load(sums, at + LANES)).intoArray(sums, at + LANES);
        b0.add(load(sums, at + step)).intoArray(sums, at + step);
        b1.add(load(sums, at + step + LANES)).intoArray(sums, at + step + LANES);
        c0.add(load(sums, at + 2 * step)).intoArray(sums, at + 2 * step);
        c1.add(load(sums, at + 2 * step + LANES)).intoArray(sums, at + 2 * step + LANES);
        d0.add(load(sums, at + 3 * step)).intoArray(sums, at + 3 * step);
        d1.add(load(sums, at + 3 * step + LANES)).intoArray(sums, at + 3 * step + LANES);
        e0.add(load(sums, at + 4 * step)).intoArray(sums, at + 4 * step);
        e1.add(load(sums, at + 4 * step + LANES)).intoArray(sums, at + 4 * step + LANES);
        f0.add(load(sums, at + 5 * step)).intoArray(sums, at + 5 * step);
        f1.add(load(sums, at + 5 * step + LANES)).intoArray(sums, at + 5 * step + LANES);
    }

    private static void one(
            Factor runs, int runsAt, Factor singles, int singlesAt, int from, int to, float[] sums, int at, int step) {
        float[] run = runs.values();
        int[] runTerms = runs.terms();
        float[] single = singles.values();
        int[] singleTerms = singles.terms();
        int apart = singles.step();
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a = zero;
        FloatVector b = zero;
        FloatVector c = zero;
        FloatVector d = zero;
        FloatVector e = zero;
        FloatVector f = zero;
        FloatVector g = zero;
        FloatVector h = zero;
        FloatVector i = zero;
        FloatVector j = zero;
        FloatVector k = zero;
        FloatVector l = zero;
        for (int t = from; t < to; t++) {
            int at0 = runsAt + runTerms[t];
            FloatVector run0 = load(run, at0);
            int one = singlesAt + singleTerms[t];
            a = run0.fma(broadcast(single, one), a);
            b = run0.fma(broadcast(single, one + apart), b);
            c = run0.fma(broadcast(single, one + 2 * apart), c);
            d = run0.fma(broadcast(single, one + 3 * apart), d);
            e = run0.fma(broadcast(single, one + 4 * apart), e);
            f = run0.fma(broadcast(single, one + 5 * apart), f);
            g = run0.fma(broadcast(single, one + 6 * apart), g);
            h = run0.fma(broadcast(single, one + 7 * apart), h);
            i = run0.fma(broadcast(single, one + 8 * apart), i);
            j = run0.fma(broadcast(single, one + 9 * apart), j);
            k = run0.fma(broadcast(single, one + 10 * apart), k);
            l = run0.fma(broadcast(single, one + 11 * apart), l);
        }
        a.add(load(sums, at)).intoArray(sums, at);
        b.add(load(sums, at + step)).intoArray(sums, at + step);
        c.add(load(sums, at + 2 * step)).intoArray(sums, at + 2 * step);
        d.add(load(sums, at + 3 * step)).intoArray(sums, at + 3 * step);
        e.add(load(sums, at + 4 * step)).intoArray(sums, at + 4 * step);
        f.add(load(sums, at + 5 * step)).intoArray(sums, at + 5 * step);
        g.add(load(sums, at + 6 * step)).intoArray(sums, at + 6 * step);
        h.add(load(sums, at + 7 * step)).intoArray(sums, at + 7 * step);
        i.add(load(sums, at + 8 * step)).intoArray(sums, at + 8 * step);
        j.add(load(sums, at + 9 * step)).intoArray(sums, at + 9 * step);
        k.add(load(sums, at + 10 * step)).intoArray(sums, at + 10 * step);
        l.add(load(sums, at + 11 * step)).intoArray(sums, at + 11 * step);
    }

    private static FloatVector load(float[] values, int at) {
        return FloatVector.fromArray(FLOATS, values, at);
    }

    private static FloatVector broadcast(float[] values, int at) {
        return FloatVector.broadcast(FLOATS, values[at]);
    }
}
