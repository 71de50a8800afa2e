package io.deformux.network.training;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the Vector API; the lanes are channels, or the channels of two neighbours along w if those fit into one vector. All
 * vector code of a JVM should use one size of vector: shared by two, the library's code is compiled for either, and vectors
 * become objects.
 */
final class VectorSamplingKernel implements SamplingKernel {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();
    private static final int HALF = LANES / 2;
    private static final int OFFSETS = 3 * Taps.COUNT;

    /** For two neighbours side by side: their shares are {@code NEAR + SIGN * along}. */
    private static final FloatVector NEAR = halves(1, 0);

    private static final FloatVector SIGN = halves(-1, 1);

    private static FloatVector halves(float first, float second) {
        float[] values = new float[LANES];
        Arrays.fill(values, 0, HALF, first);
        Arrays.fill(values, HALF, LANES, second);
        return FloatVector.fromArray(FLOATS, values, 0);
    }

    @Override
    public int filled(int channels) {
        return channels <= HALF ? HALF : (channels + LANES - 1) / LANES * LANES;
    }

    @Override
    public int width(int channels) {
        return Math.max(LANES, filled(channels));
    }

    @Override
    public int offsetSums() {
        return VectorFold.length(OFFSETS);
    }

    @Override
    public void sample(VoxelRows x, Taps taps, float[] weights, float[] y, int at) {
        if (x.c == HALF) {
            samplePairs(x, taps, weights, y, at);
            return;
        }
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

    private static void samplePairs(VoxelRows x, Taps taps, float[] weights, float[] y, int at) {
        float[] v = x.values;
        FloatVector sum = load(y, at);
        for (int t = 0; t < taps.count; t++) {
            int near = taps.low[t];
            int far = near + x.plane;
            FloatVector h = broadcast(taps.alongH[t]);
            FloatVector nearer = between(load(v, near), load(v, near + x.line), h);
            FloatVector farther = between(load(v, far), load(v, far + x.line), h);
            FloatVector value = between(nearer, farther, broadcast(taps.alongD[t]));
            FloatVector shares = SIGN.fma(broadcast(taps.alongW[t]), NEAR);
            sum = value.mul(shares).fma(load(weights, taps.tap[t] * LANES), sum);
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
        if (taps.count < Taps.COUNT) {
            Arrays.fill(gOffsets, 0);
        }
        if (x.c == HALF) {
            gradientPairs(x, taps, weights, load(g, at), gx.values, gWeights, gOffsets);
        } else {
            for (int t = 0; t < taps.count; t++) {
                gradient(x, taps, t, weights, g, at, gx.values, gWeights, gOffsets);
            }
        }
        VectorFold.totals(gOffsets, gOffsets.length / LANES);
    }

    private static void gradientPairs(
            VoxelRows x,
            Taps taps,
            float[] weights,
            FloatVector gradient,
            float[] gx,
            float[] gWeights,
            float[] gOffsets) {
        float[] v = x.values;
        for (int t = 0; t < taps.count; t++) {
            int near = taps.low[t];
            int far = near + x.plane;
            int weight = taps.tap[t] * LANES;
            FloatVector d = broadcast(taps.alongD[t]);
            FloatVector h = broadcast(taps.alongH[t]);
            FloatVector shares = SIGN.fma(broadcast(taps.alongW[t]), NEAR);
            FloatVector sent = gradient.mul(load(weights, weight));
            FloatVector sentShares = sent.mul(shares);

            FloatVector near0 = load(v, near);
            FloatVector stepNear = load(v, near + x.line).sub(near0);
            FloatVector far0 = load(v, far);
            FloatVector stepFar = load(v, far + x.line).sub(far0);
            FloatVector nearer = stepNear.fma(h, near0);
            FloatVector step = stepFar.fma(h, far0).sub(nearer);
            FloatVector value = step.fma(d, nearer);
            int offset = 3 * weight;
            step.mul(sentShares).intoArray(gOffsets, offset);
            between(stepNear, stepFar, d).mul(sentShares).intoArray(gOffsets, offset + LANES);
            value.mul(sent).mul(SIGN).intoArray(gOffsets, offset + 2 * LANES);
            gradient.mul(shares).fma(value, load(gWeights, weight)).intoArray(gWeights, weight);

            FloatVector toFar = sentShares.mul(d);
            spreadPairs(gx, far, x.line, toFar, h);
            spreadPairs(gx, near, x.line, sentShares.sub(toFar), h);
        }
    }

    private static void spreadPairs(float[] gx, int at, int line, FloatVector sent, FloatVector h) {
        FloatVector upper = sent.mul(h);
        sent.sub(upper).add(load(gx, at)).intoArray(gx, at);
        upper.add(load(gx, at + line)).intoArray(gx, at + line);
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
        int offset = 3 * taps.tap[t] * LANES;
        alongD.intoArray(gOffsets, offset);
        alongH.intoArray(gOffsets, offset + LANES);
        alongW.intoArray(gOffsets, offset + 2 * LANES);
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
