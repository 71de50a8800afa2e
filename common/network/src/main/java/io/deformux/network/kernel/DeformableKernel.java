package io.deformux.network.kernel;

/**
 * The depthwise 3x3x3 deformable convolution of one voxel: per channel {@code bias + sum over taps of weight * sample},
 * with zeros outside the volume. Stateless.
 */
interface DeformableKernel {

    /**
     * Convolves.
     *
     * @param plan where the taps sample
     * @param weights (27, c), readable {@link Rim#SPILL} values beyond its end
     * @param bias (c), likewise
     * @param out takes c values from {@code at} on; up to {@link Rim#SPILL} values behind them are overwritten too
     */
    void convolve(Rim map, TapPlan plan, float[] weights, float[] bias, float[] out, int at);
}
