package io.deformux.network.architecture.repuxnet;

import io.deformux.network.architecture.layered.BlockPass;
import io.deformux.network.architecture.layered.LayerRun;
import io.deformux.network.architecture.layered.LayerWeights;
import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.kernel.Activation;
import io.deformux.network.kernel.ChannelAffine;
import io.deformux.network.kernel.DepthwisePass;

/**
 * A block of 3D RepUX-Net: its depthwise convolution, and what its batch norm has gathered.
 *
 * @param depthwise the one kernel that the branches of the paper come to
 * @param activation the GELU
 * @param norm folded with its running mean and variance
 */
record RepUxBlockOnCpu(DepthwisePass depthwise, Activation activation, ChannelAffine norm) implements BlockPass {
    private static final double EPS = 1e-5;

    static RepUxBlockOnCpu of(RepUxBlockModules block, LayerWeights weights) {
        return new RepUxBlockOnCpu(
                weights.depthwise(block.depthwise()),
                new Activation(weights.kernels()),
                folded(
                        weights.floats(block.norm(), "weight"),
                        weights.floats(block.norm(), "bias"),
                        weights.floats(block.norm(), "running_mean"),
                        weights.floats(block.norm(), "running_var")));
    }

    /** {@code (x - mean) / sqrt(variance + eps) * weight + bias} as one factor and one addend. */
    private static ChannelAffine folded(float[] weight, float[] bias, float[] mean, float[] variance) {
        float[] scale = new float[weight.length];
        float[] shift = new float[weight.length];
        for (int c = 0; c < weight.length; c++) {
            double factor = weight[c] / Math.sqrt(variance[c] + EPS);
            scale[c] = (float) factor;
            shift[c] = (float) (bias[c] - mean[c] * factor);
        }
        return new ChannelAffine(scale, shift);
    }

    @Override
    public FeatureMap apply(FeatureMap x, LayerRun run) {
        try (x) {
            FeatureMap y = run.convolve(depthwise, x);
            activation.gelu(y.view(), norm);
            return y;
        }
    }
}
