package io.deformux.network.training;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the Vector API; the lanes are channels. All vector code of a JVM should use one size of vector: shared by two, the
 * library's code is compiled for either, and vectors become objects.
 */
final class VectorSamplingKernel implements SamplingKernel {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    @Override
    public int filled(int channels) {
        return (channels + LANES - 1) / LANES * LANES;
    }

    @Override
    public void sample(VoxelRows x, Taps taps, float[] weights, float[] y, int at) {
        for (int c = 0; c < x.c; c += LANES) {
            sample(x, taps, weights, y, at + c, c);
        }
    }

    private static void sample(VoxelRows x, Taps taps, float[] weights, float[] y, int at, int c) {
        float[] v = x.values;
        FloatVector sum = load(y, at);
        for (int t = 0; t < taps.count; t++) {
            int near = taps.low[t] + c;
            int far = near + x.plane;
            FloatVector w = broadcast(taps.alongW[t]);
            FloatVector h = broadcast(taps.alongH[t]);
            FloatVector near0 = between(load(v, near), load(v, near + x.c), w);
            FloatVector near1 = between(load(v, near + x.line), load(v, near + x.line + x.c), w);
            FloatVector far0 = between(load(v, far), load(v, far + x.c), w);
            FloatVector far1 = between(load(v, far + x.line), load(v, far + x.line + x.c), w);
            FloatVector value = between(between(near0, near1, h), between(far0, far1, h), broadcast(taps.alongD[t]));
            sum = value.fma(load(weights, taps.tap[t] * x.c + c), sum);
        }
        sum.intoArray(y, at);
    }

    @Override
    public void gradient(
            VoxelRows x,
            Taps taps,
            float[] weights,
            float[] g,
            int at,
            VoxelRows gx,
            float[] gWeights,
            float[] gOffsets) {
        for (int t = 0; t < taps.count; t++) {
            gradient(x, taps, t, weights, g, at, gx.values, gWeights, gOffsets);
        }
    }

    private static void gradient(
            VoxelRows x,
            Taps taps,
            int t,
            float[] weights,
            float[] g,
            int at,
            float[] gx,
            float[] gWeights,
            float[] gOffsets) {
        float[] v = x.values;
        FloatVector d = broadcast(taps.alongD[t]);
        FloatVector h = broadcast(taps.alongH[t]);
        FloatVector w = broadcast(taps.alongW[t]);
        FloatVector alongD = FloatVector.zero(FLOATS);
        FloatVector alongH = alongD;
        FloatVector alongW = alongD;
        for (int c = 0; c < x.c; c += LANES) {
            int near = taps.low[t] + c;
            int far = near + x.plane;
            int weight = taps.tap[t] * x.c + c;
            FloatVector gradient = load(g, at + c);
            FloatVector sent = gradient.mul(load(weights, weight));

            FloatVector a = load(v, near);
            FloatVector stepNear0 = load(v, near + x.c).sub(a);
            FloatVector near0 = stepNear0.fma(w, a);
            a = load(v, near + x.line);
            FloatVector stepNear1 = load(v, near + x.line + x.c).sub(a);
            FloatVector near1 = stepNear1.fma(w, a);
            a = load(v, far);
            FloatVector stepFar0 = load(v, far + x.c).sub(a);
            FloatVector far0 = stepFar0.fma(w, a);
            a = load(v, far + x.line);
            FloatVector stepFar1 = load(v, far + x.line + x.c).sub(a);
            FloatVector far1 = stepFar1.fma(w, a);

            FloatVector stepNear = near1.sub(near0);
            FloatVector stepFar = far1.sub(far0);
            FloatVector nearer = stepNear.fma(h, near0);
            FloatVector step = stepFar.fma(h, far0).sub(nearer);
            alongD = step.fma(sent, alongD);
            alongH = between(stepNear, stepFar, d).fma(sent, alongH);
            alongW = between(between(stepNear0, stepNear1, h), between(stepFar0, stepFar1, h), d)
                    .fma(sent, alongW);
            gradient.fma(step.fma(d, nearer), load(gWeights, weight)).intoArray(gWeights, weight);

            FloatVector toFar = sent.mul(d);
            spread(gx, far, x.line, x.c, toFar, h, w);
            spread(gx, near, x.line, x.c, sent.sub(toFar), h, w);
        }
        gOffsets[3 * taps.tap[t]] = alongD.reduceLanes(VectorOperators.ADD);
        gOffsets[3 * taps.tap[t] + 1] = alongH.reduceLanes(VectorOperators.ADD);
        gOffsets[3 * taps.tap[t] + 2] = alongW.reduceLanes(VectorOperators.ADD);
    }

    /** Adds the shares of four corners. */
    private static void spread(
            float[] gx, int at, int line, int voxel, FloatVector sent, FloatVector h, FloatVector w) {
        FloatVector upper = sent.mul(h);
        FloatVector lower = sent.sub(upper);
        FloatVector share = lower.mul(w);
        lower.sub(share).add(load(gx, at)).intoArray(gx, at);
        share.add(load(gx, at + voxel)).intoArray(gx, at + voxel);
        share = upper.mul(w);
        upper.sub(share).add(load(gx, at + line)).intoArray(gx, at + line);
        share.add(load(gx, at + line + voxel)).intoArray(gx, at + line + voxel);
    }

    private static FloatVector between(FloatVector a, FloatVector b, FloatVector along) {
        return b.sub(a).fma(along, a);
    }

    private static FloatVector load(float[] values, int at) {
        return FloatVector.fromArray(FLOATS, values, at);
    }

    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }
}
