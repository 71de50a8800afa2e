package io.deformux.network.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums with the Vector API. A voxel is loaded once and meets all taps of a run; the sums that it belongs to move up by one place
 * with each voxel, and the one that is complete leaves. So a multiply-add needs a seventh of a load and no sum is stored before
 * it is complete. Two rows at a time share the way of their sums to memory; three would be more than a processor has registers.
 */
final class VectorDepthwiseKernel implements DepthwiseKernel {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();
    private static final int RUN = TAPS * LANES;

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void add(
            float[] weights,
            int weightsAt,
            float[] values,
            int valuesAt,
            int step,
            int rows,
            int voxels,
            float[] sums,
            int sumsAt) {
        int r = 0;
        for (; r + 1 < rows; r += 2) {
            int x = valuesAt + r * step;
            two(weights, weightsAt + r * RUN, values, x, x + step, voxels, sums, sumsAt);
        }
        if (r < rows) {
            one(weights, weightsAt + r * RUN, values, valuesAt + r * step, voxels, sums, sumsAt);
        }
    }

    private static void one(float[] weights, int weightsAt, float[] values, int x, int voxels, float[] sums, int at) {
        FloatVector w0 = load(weights, weightsAt);
        FloatVector w1 = load(weights, weightsAt + LANES);
        FloatVector w2 = load(weights, weightsAt + 2 * LANES);
        FloatVector w3 = load(weights, weightsAt + 3 * LANES);
        FloatVector w4 = load(weights, weightsAt + 4 * LANES);
        FloatVector w5 = load(weights, weightsAt + 5 * LANES);
        FloatVector w6 = load(weights, weightsAt + 6 * LANES);
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a = zero;
        FloatVector b = zero;
        FloatVector c = zero;
        FloatVector d = zero;
        FloatVector e = zero;
        FloatVector f = zero;
        for (int i = 0; i < voxels; i++) {
            FloatVector value = load(values, x + i * LANES);
            add(value.fma(w6, a), sums, at + i * LANES);
            a = value.fma(w5, b);
            b = value.fma(w4, c);
            c = value.fma(w3, d);
            d = value.fma(w2, e);
            e = value.fma(w1, f);
            f = value.mul(w0);
        }
        addRest(a, b, c, d, e, f, sums, at + voxels * LANES);
    }

    private static void two(
            float[] weights, int weightsAt, float[] values, int x, int y, int voxels, float[] sums, int at) {
        FloatVector w0 = load(weights, weightsAt);
        FloatVector w1 = load(weights, weightsAt + LANES);
        FloatVector w2 = load(weights, weightsAt + 2 * LANES);
        FloatVector w3 = load(weights, weightsAt + 3 * LANES);
        FloatVector w4 = load(weights, weightsAt + 4 * LANES);
        FloatVector w5 = load(weights, weightsAt + 5 * LANES);
        FloatVector w6 = load(weights, weightsAt + 6 * LANES);
        FloatVector u0 = load(weights, weightsAt + RUN);
        FloatVector u1 = load(weights, weightsAt + RUN + LANES);
        FloatVector u2 = load(weights, weightsAt + RUN + 2 * LANES);
        FloatVector u3 = load(weights, weightsAt + RUN + 3 * LANES);
        FloatVector u4 = load(weights, weightsAt + RUN + 4 * LANES);
        FloatVector u5 = load(weights, weightsAt + RUN + 5 * LANES);
        FloatVector u6 = load(weights, weightsAt + RUN + 6 * LANES);
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a = zero;
        FloatVector b = zero;
        FloatVector c = zero;
        FloatVector d = zero;
        FloatVector e = zero;
        FloatVector f = zero;
        for (int i = 0; i < voxels; i++) {
            FloatVector value = load(values, x + i * LANES);
            FloatVector other = load(values, y + i * LANES);
            add(other.fma(u6, value.fma(w6, a)), sums, at + i * LANES);
            a = other.fma(u5, value.fma(w5, b));
            b = other.fma(u4, value.fma(w4, c));
            c = other.fma(u3, value.fma(w3, d));
            d = other.fma(u2, value.fma(w2, e));
            e = other.fma(u1, value.fma(w1, f));
            f = other.fma(u0, value.mul(w0));
        }
        addRest(a, b, c, d, e, f, sums, at + voxels * LANES);
    }

    /** The sums that are still on their way after the last voxel. */
    private static void addRest(
            FloatVector a,
            FloatVector b,
            FloatVector c,
            FloatVector d,
            FloatVector e,
            FloatVector f,
            float[] sums,
            int at) {
        add(a, sums, at);
        add(b, sums, at + LANES);
        add(c, sums, at + 2 * LANES);
        add(d, sums, at + 3 * LANES);
        add(e, sums, at + 4 * LANES);
        add(f, sums, at + 5 * LANES);
    }

    private static FloatVector load(float[] values, int at) {
        return FloatVector.fromArray(FLOATS, values, at);
    }

    private static void add(FloatVector sum, float[] sums, int at) {
        sum.add(load(sums, at)).intoArray(sums, at);
    }
}
