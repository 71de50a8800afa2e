package io.deformux.network.training;

/**
 * The two sums that every convolution consists of, over flat ranges. Four outputs and three terms at a time, so that each
 * value read serves several products. Stateless.
 */
interface CorrelationKernel {
    /** Outputs per call. */
    int GROUP = 4;

    /** Terms per call of {@link #accumulate}. */
    int TRIPLE = 3;

    /**
     * For up to four outputs k: {@code y_k[i] += sum over q of weights[4 q + k] * x[xAt + terms[q] + i]}.
     *
     * @param y output k begins at {@code yAt + k * yStride}
     * @param outputs how many of the four exist
     * @param n positions; up to two vectors of {@code x} behind them are read
     */
    void correlate(
            float[] x, int xAt, int[] terms, float[] weights, float[] y, int yAt, int yStride, int outputs, int n);

    /** How many values the running sums of so many calls of {@link #accumulate} take: those of call i begin at i {@link #sums}. */
    int length(int calls);

    /** How many values the running sums of one call take. */
    int sums();

    /**
     * Adds to the running sums of three terms and up to four outputs: {@code x[xt + i] * g[gAt + k * gStride + i]} over i.
     *
     * @param x1 where the values of the first term begin; likewise {@code x2} and {@code x3}
     * @param outputs how many of the four exist
     */
    void accumulate(
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
            int sumsAt);

    /** Replaces running sums by their totals: that of term t and output k of call i is at {@code (3 i + t) 4 + k}. */
    void total(float[] sums, int calls);
}
