package io.deformux.network.training;

/**
 * The taps of one voxel of the deformable convolution, all channels, and what they send back.
 *
 * <p>Weights, results and their gradients are {@link #width} values per voxel or tap, c for each {@link VoxelRows}: where
 * a vector holds more channels than there are, the lanes are two neighbouring voxels' channels and a result is the sum of both
 * halves. Stateless.
 */
interface SamplingKernel {
    /** Channels of {@link VoxelRows}, filled up to what vectors need. */
    int filled(int channels);

    /** Values of a result: the filled channels once or twice. */
    int width(int channels);

    /**
     * Adds the weighted samples to {@code y}.
     *
     * @param weights (27, width), both halves alike
     * @param y (width) from {@code at} on; the result is the sum of its halves
     */
    void sample(VoxelRows x, Taps taps, float[] weights, float[] y, int at);

    /** How many values {@link #gradient} takes for offsets. */
    int offsetSums();

    /**
     * Adds what a voxel's gradient sends back.
     *
     * @param g the gradient of the result, (width) from {@code at} on, both halves alike
     * @param gx as large as {@code x}
     * @param gWeights (27, width); the gradient is the sum of its halves
     * @param gOffsets of {@link #offsetSums} values the first 81 are set, to 0 for taps outside
     */
    void gradient(
            VoxelRows x,
            Taps taps,
            float[] weights,
            float[] g,
            int at,
            VoxelRows gx,
            float[] gWeights,
            float[] gOffsets);
}
