package io.deformux.network.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums with the Vector API. Eight voxels share each load of a weight, and hide the latency of a multiply-add; one loop whose
 * every index is the loop's own, times a power of two, as in {@link VectorConvolutionKernel}. Several taps at once would save
 * loads, but so many vectors in one method are more than HotSpot keeps in registers: it took 1.6 to 20 times as long.
 */
final class VectorDepthwiseKernel implements DepthwiseKernel {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void add(
            float[] weights,
            int weightsAt,
            int terms,
            float[] values,
            int valuesAt,
            float[] sums,
            int sumsAt,
            int voxels) {
        for (int v = 0; v < voxels; v += VOXELS) {
            addEight(weights, weightsAt, terms, values, valuesAt + v * LANES, sums, sumsAt + v * LANES);
        }
    }

    private static void addEight(
            float[] weights, int weightsAt, int terms, float[] values, int valuesAt, float[] sums, int at) {
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a = zero;
        FloatVector b = zero;
        FloatVector c = zero;
        FloatVector d = zero;
        FloatVector e = zero;
        FloatVector f = zero;
        FloatVector g = zero;
        FloatVector h = zero;
        for (int t = 0; t < terms; t++) {
            int x = valuesAt + t * LANES;
            FloatVector weight = load(weights, weightsAt + t * LANES);
            a = load(values, x).fma(weight, a);
            b = load(values, x + LANES).fma(weight, b);
            c = load(values, x + 2 * LANES).fma(weight, c);
            d = load(values, x + 3 * LANES).fma(weight, d);
            e = load(values, x + 4 * LANES).fma(weight, e);
            f = load(values, x + 5 * LANES).fma(weight, f);
            g = load(values, x + 6 * LANES).fma(weight, g);
            h = load(values, x + 7 * LANES).fma(weight, h);
        }
        add(a, sums, at);
        add(b, sums, at + LANES);
        add(c, sums, at + 2 * LANES);
        add(d, sums, at + 3 * LANES);
        add(e, sums, at + 4 * LANES);
        add(f, sums, at + 5 * LANES);
        add(g, sums, at + 6 * LANES);
        add(h, sums, at + 7 * LANES);
    }

    private static FloatVector load(float[] values, int at) {
        return FloatVector.fromArray(FLOATS, values, at);
    }

    private static void add(FloatVector sum, float[] sums, int at) {
        sum.add(load(sums, at)).intoArray(sums, at);
    }
}
