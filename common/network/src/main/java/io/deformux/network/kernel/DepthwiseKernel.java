package io.deformux.network.kernel;

/** The sums of products along one row that a depthwise convolution is made of; the lanes are channels. Stateless. */
interface DepthwiseKernel {
    /** Voxels are computed by so many at a time. */
    int VOXELS = 8;

    /** How many floats a vector has. */
    int lanes();

    /**
     * Adds what one row of weights gives to each voxel of a row: {@code sums[v, l] += sum over t of weights[t, l] * values[v +
     * t, l]}, t ascending.
     *
     * @param weights (terms, lanes) from {@code weightsAt} on
     * @param values (voxels + terms - 1, lanes) from {@code valuesAt} on
     * @param sums (voxels, lanes) from {@code sumsAt} on
     * @param voxels a multiple of {@link #VOXELS}
     */
    void add(
            float[] weights,
            int weightsAt,
            int terms,
            float[] values,
            int valuesAt,
            float[] sums,
            int sumsAt,
            int voxels);
}
