package io.deformux.network.training;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The arithmetic with the Vector API; what does not fill a vector at the end is done by the plain one. */
final class VectorMapKernel implements MapKernel {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    private final MapKernel plain = new PlainMapKernel();

    @Override
    public float sum(float[] x, int at, int n) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        int i = 0;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            a = a.add(load(x, at + i));
            b = b.add(load(x, at + i + LANES));
        }
        return a.add(b).reduceLanes(VectorOperators.ADD) + plain.sum(x, at + i, n - i);
    }

    @Override
    public float squares(float[] x, int at, float mean, int n) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        int i = 0;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            FloatVector difference = load(x, at + i).sub(mean);
            a = difference.fma(difference, a);
            difference = load(x, at + i + LANES).sub(mean);
            b = difference.fma(difference, b);
        }
        return a.add(b).reduceLanes(VectorOperators.ADD) + plain.squares(x, at + i, mean, n - i);
    }

    @Override
    public float product(float[] g, int gAt, float[] x, int xAt, float mean, int n) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        int i = 0;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            a = load(x, xAt + i).sub(mean).fma(load(g, gAt + i), a);
            b = load(x, xAt + i + LANES).sub(mean).fma(load(g, gAt + i + LANES), b);
        }
        return a.add(b).reduceLanes(VectorOperators.ADD) + plain.product(g, gAt + i, x, xAt + i, mean, n - i);
    }

    @Override
    public void combine(float[] x, int xAt, float a, float[] z, int zAt, float b, float c, float[] y, int yAt, int n) {
        FloatVector shift = FloatVector.broadcast(FLOATS, c);
        FloatVector scaleX = FloatVector.broadcast(FLOATS, a);
        FloatVector scaleZ = FloatVector.broadcast(FLOATS, b);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector sum = load(z, zAt + i).fma(scaleZ, shift);
            load(x, xAt + i).fma(scaleX, sum).intoArray(y, yAt + i);
        }
        plain.combine(x, xAt + i, a, z, zAt + i, b, c, y, yAt + i, n - i);
    }

    @Override
    public void leaky(float[] y, int at, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector value = load(y, at + i);
            value.max(value.mul(LEAK)).intoArray(y, at + i);
        }
        plain.leaky(y, at + i, n - i);
    }

    @Override
    public void leakyGradient(float[] y, int yAt, float[] g, int gAt, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector gradient = load(g, gAt + i);
            gradient.mul(LEAK)
                    .blend(gradient, load(y, yAt + i).compare(VectorOperators.GT, 0))
                    .intoArray(g, gAt + i);
        }
        plain.leakyGradient(y, yAt + i, g, gAt + i, n - i);
    }

    private static FloatVector load(float[] values, int at) {
        return FloatVector.fromArray(FLOATS, values, at);
    }
}
