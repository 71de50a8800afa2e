package io.deformux.network.training;

/** One value at a time; sums in double. */
final class PlainMapKernel implements MapKernel {

    @Override
    public float sum(float[] x, int at, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[at + i];
        }
        return (float) sum;
    }

    @Override
    public float squares(float[] x, int at, float mean, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            float difference = x[at + i] - mean;
            sum += difference * difference;
        }
        return (float) sum;
    }

    @Override
    public float product(float[] g, int gAt, float[] x, int xAt, float mean, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += g[gAt + i] * (x[xAt + i] - mean);
        }
        return (float) sum;
    }

    @Override
    public void combine(float[] x, int xAt, float a, float[] z, int zAt, float b, float c, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = a * x[xAt + i] + b * z[zAt + i] + c;
        }
    }

    @Override
    public void leaky(float[] y, int at, int n) {
        for (int i = 0; i < n; i++) {
            y[at + i] = Math.max(y[at + i], LEAK * y[at + i]);
        }
    }

    @Override
    public void leakyGradient(float[] y, int yAt, float[] g, int gAt, int n) {
        for (int i = 0; i < n; i++) {
            g[gAt + i] *= y[yAt + i] > 0 ? 1 : LEAK;
        }
    }
}
