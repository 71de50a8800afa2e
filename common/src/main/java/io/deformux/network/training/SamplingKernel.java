package io.deformux.network.training;

/**
 * The taps of one voxel of the deformable convolution, all channels, and what they send back. Weights are (27, c), c as in
 * {@link VoxelRows}. Stateless.
 */
interface SamplingKernel {
    /** Channels filled up to whole vectors. */
    int filled(int channels);

    /** Adds the weighted samples to {@code y}, c values from {@code at} on. */
    void sample(VoxelRows x, Taps taps, float[] weights, float[] y, int at);

    /**
     * Adds what a voxel's gradient sends back.
     *
     * @param g the gradient of y, c values from {@code at} on
     * @param gx as large as {@code x}
     * @param gWeights (27, c)
     * @param gOffsets 81 values, of which those of the taps inside are set
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
