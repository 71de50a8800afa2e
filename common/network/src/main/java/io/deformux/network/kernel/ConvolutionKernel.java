package io.deformux.network.kernel;

/** The sums of products that a dense convolution is made of. Stateless. */
interface ConvolutionKernel {
    /** Most vectors of channels at a time. */
    int WIDEST = 3;

    /** A multiple of {@link #voxels} for every width. */
    int VOXELS = 8;

    /** How many floats a vector has. */
    int lanes();

    /**
     * How many voxels a call computes beside so many vectors of channels: together they hide the latency of a
     * multiply-add and yet fit into 16 registers.
     */
    static int voxels(int vectors) {
        return vectors == 1 ? 8 : 4;
    }

    /**
     * Adds one sum to each channel of a few voxels:
     * {@code sums[v * step + o] += sum over t of weights[o / lanes, t, o % lanes] * values[places[v] + t]}, t ascending.
     *
     * @param vectors how many vectors of channels, 1 to {@link #WIDEST}
     * @param weights (vectors, terms, lanes)
     * @param places where each voxel's values begin, counted from {@code valuesAt}; those of this call from {@code voxel}
     *     on
     * @param sums the channels of voxel 0 begin at {@code sumsAt}
     * @param step from one voxel's sums to the next one's
     */
    void add(
            int vectors,
            float[] weights,
            float[] values,
            int valuesAt,
            int[] places,
            int voxel,
            int terms,
            float[] sums,
            int sumsAt,
            int step);
}
