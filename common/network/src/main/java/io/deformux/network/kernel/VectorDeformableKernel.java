package io.deformux.network.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The deformable convolution with the Vector API: the lanes are channels, two vectors at a time so that each broadcast
 * share serves both. The last vectors may reach beyond the channels; what they compute there is overwritten or unused.
 */
final class VectorDeformableKernel implements DeformableKernel {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    @Override
    public void convolve(Rim map, TapPlan plan, float[] weights, float[] bias, float[] out, int at) {
        int channels = map.map().c();
        int c = 0;
        for (; c < channels - LANES; c += 2 * LANES) {
            two(map, plan, weights, bias, out, at, c);
        }
        for (; c < channels; c += LANES) {
            one(map, plan, weights, bias, out, at, c);
        }
    }

    private static void one(Rim map, TapPlan plan, float[] weights, float[] bias, float[] out, int at, int c) {
        float[] values = map.values();
        float[] shares = plan.shares;
        int channels = map.voxel();
        int line = map.line();
        int plane = map.plane();
        FloatVector sum = FloatVector.fromArray(FLOATS, bias, c);
        for (int t = 0; t < plan.count; t++) {
            int v = plan.low[t] + c;
            int s = t * TapPlan.CORNERS;
            FloatVector near = load(values, v).mul(share(shares, s));
            FloatVector far = load(values, v + plane).mul(share(shares, s + 4));
            near = load(values, v + channels).fma(share(shares, s + 1), near);
            far = load(values, v + plane + channels).fma(share(shares, s + 5), far);
            near = load(values, v + line).fma(share(shares, s + 2), near);
            far = load(values, v + plane + line).fma(share(shares, s + 6), far);
            near = load(values, v + line + channels).fma(share(shares, s + 3), near);
            far = load(values, v + plane + line + channels).fma(share(shares, s + 7), far);
            sum = near.add(far).fma(load(weights, plan.tap[t] * channels + c), sum);
        }
        sum.intoArray(out, at + c);
    }

    private static void two(Rim map, TapPlan plan, float[] weights, float[] bias, float[] out, int at, int c) {
        float[] values = map.values();
        float[] shares = plan.shares;
        int channels = map.voxel();
        int line = map.line();
        int plane = map.plane();
        FloatVector sum0 = FloatVector.fromArray(FLOATS, bias, c);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, bias, c + LANES);
        for (int t = 0; t < plan.count; t++) {
            int v = plan.low[t] + c;
            int s = t * TapPlan.CORNERS;
            FloatVector share = share(shares, s);
            FloatVector a0 = load(values, v).mul(share);
            FloatVector a1 = load(values, v + LANES).mul(share);
            share = share(shares, s + 1);
            a0 = load(values, v + channels).fma(share, a0);
            a1 = load(values, v + channels + LANES).fma(share, a1);
            share = share(shares, s + 2);
            a0 = load(values, v + line).fma(share, a0);
            a1 = load(values, v + line + LANES).fma(share, a1);
            share = share(shares, s + 3);
            a0 = load(values, v + line + channels).fma(share, a0);
            a1 = load(values, v + line + channels + LANES).fma(share, a1);
            v += plane;
            share = share(shares, s + 4);
            a0 = load(values, v).fma(share, a0);
            a1 = load(values, v + LANES).fma(share, a1);
            share = share(shares, s + 5);
            a0 = load(values, v + channels).fma(share, a0);
            a1 = load(values, v + channels + LANES).fma(share, a1);
            share = share(shares, s + 6);
            a0 = load(values, v + line).fma(share, a0);
            a1 = load(values, v + line + LANES).fma(share, a1);
            share = share(shares, s + 7);
            a0 = load(values, v + line + channels).fma(share, a0);
            a1 = load(values, v + line + channels + LANES).fma(share, a1);
            int weight = plan.tap[t] * channels + c;
            sum0 = a0.fma(load(weights, weight), sum0);
            sum1 = a1.fma(load(weights, weight + LANES), sum1);
        }
        sum0.intoArray(out, at + c);
        sum1.intoArray(out, at + c + LANES);
    }

    private static FloatVector load(float[] values, int at) {
        return FloatVector.fromArray(FLOATS, values, at);
    }

    private static FloatVector share(float[] shares, int at) {
        return FloatVector.broadcast(FLOATS, shares[at]);
    }
}
