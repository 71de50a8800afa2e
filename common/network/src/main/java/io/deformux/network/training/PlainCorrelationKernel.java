package io.deformux.network.training;

/** One product at a time. */
final class PlainCorrelationKernel implements CorrelationKernel {

    @Override
    public void correlate(
            float[] x, int xAt, int[] terms, float[] weights, float[] y, int yAt, int yStride, int outputs, int n) {
        for (int k = 0; k < outputs; k++) {
            int out = yAt + k * yStride;
            for (int q = 0; q < terms.length; q++) {
                float weight = weights[GROUP * q + k];
                int in = xAt + terms[q];
                for (int i = 0; i < n; i++) {
                    y[out + i] += weight * x[in + i];
                }
            }
        }
    }

    @Override
    public int length(int calls) {
        return calls * sums();
    }

    @Override
    public int sums() {
        return TRIPLE * GROUP;
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
        for (int term = 0; term < TRIPLE; term++) {
            int in = term == 0 ? x1 : term == 1 ? x2 : x3;
            for (int k = 0; k < outputs; k++) {
                // Four sums side by side: shorter chains of additions, and less rounding.
                float a = 0;
                float b = 0;
                float c = 0;
                float d = 0;
                int out = gAt + k * gStride;
                int i = 0;
                for (; i + 4 <= n; i += 4) {
                    a += x[in + i] * g[out + i];
                    b += x[in + i + 1] * g[out + i + 1];
                    c += x[in + i + 2] * g[out + i + 2];
                    d += x[in + i + 3] * g[out + i + 3];
                }
                for (; i < n; i++) {
                    a += x[in + i] * g[out + i];
                }
                sums[sumsAt + term * GROUP + k] += a + b + (c + d);
            }
        }
    }

    @Override
    public void total(float[] sums, int calls) {
        // They are totals already.
    }
}
