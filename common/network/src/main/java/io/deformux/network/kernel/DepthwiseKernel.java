package io.deformux.network.kernel;

/** The sums of products along rows that a depthwise convolution is made of; the lanes are channels. Stateless. */
interface DepthwiseKernel {
    /** Taps of a run: rows of taps are cut into so many at a time. */
    int TAPS = 7;

    /** Voxels by which the sums of a run reach beyond what it was given. */
    int REACH = TAPS - 1;

    /** How many floats a vector has. */
    int lanes();

    /**
     * Adds what runs of taps give, each with a row of voxels outside of which are zeros: {@code sums[v, l] += sum over r and t of
     * weights[r, t, l] * values[r, v - REACH + t, l]} for each of {@code voxels + REACH} sums.
     *
     * @param weights (rows, TAPS, lanes) from {@code weightsAt} on
     * @param values a row of (voxels, lanes) from {@code valuesAt} on, the next one {@code step} values later
     * @param sums (voxels + REACH, lanes) from {@code sumsAt} on
     */
    void add(
            float[] weights,
            int weightsAt,
            float[] values,
            int valuesAt,
            int step,
            int rows,
            int voxels,
            float[] sums,
            int sumsAt);
}
