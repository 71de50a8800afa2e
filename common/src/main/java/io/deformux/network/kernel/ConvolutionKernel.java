package io.deformux.network.kernel;

/**
 * Sums of outer products, all there is to a convolution: each term multiplies a run of neighbouring numbers (the lanes)
 * by a few single ones. Which of the two are weights and which are voxels is the caller's choice. Stateless.
 */
interface ConvolutionKernel {
    /** Vectors of sums that a call keeps in registers: enough to hide the latency of a multiply-add, few enough for AVX2. */
    int SUMS = 12;

    /** Widest run, in vectors. */
    int WIDEST = 3;

    /** How many floats a vector has. */
    int lanes();

    /** How many single numbers a term has beside a run of so many vectors. */
    static int singles(int vectors) {
        return SUMS / vectors;
    }

    /**
     * Sums terms {@code from} to {@code to} (excluded), in this order, and adds that to the sums, so that long sums are
     * sums of short ones and lose less: {@code sums[at + r * step + j] += sum of runs[runsAt + term + j] * singles[singlesAt + term + r * step]} with each
     * factor's own terms and step, for every j below {@code vectors * lanes()} and r below {@code singles(vectors)}.
     *
     * @param vectors 1, 2 or 3
     */
    void accumulate(
            int vectors,
            Factor runs,
            int runsAt,
            Factor singles,
            int singlesAt,
            int from,
            int to,
            float[] sums,
            int at,
            int step);
}
