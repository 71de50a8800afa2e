package io.deformux.network.training;

/**
 * What happens to the channels of a voxel: layer norm over all of them, and the channel-wise scaling of each, over flat
 * ranges of n voxels. Sums for the parameters' gradients are {@link #lanes} values each, to be added up. Stateless.
 */
interface VoxelKernel {
    /** Added to the variance of the layer norm. */
    float EPSILON = 1e-6f;

    /** Hidden values per channel of the scaling. */
    int WIDENING = 4;

    /** How many values a sum consists of. */
    int lanes();

    /** y = (x - mean) / sqrt(var + eps) * weight + bias over the channels of each voxel; a channel is a stride apart. */
    void norm(float[] x, int xAt, int xStride, float[] weight, float[] bias, float[] y, int yAt, int yStride, int n);

    /**
     * The gradient gx from g, that of y; gx may be g.
     *
     * @param sums takes those of the weights, then those of the biases
     */
    void normGradient(
            float[] x,
            int xAt,
            int xStride,
            float[] weight,
            float[] g,
            int gAt,
            float[] gx,
            int gxAt,
            int gStride,
            int n,
            float[] sums);

    /**
     * The channel-wise scaling of one channel with its residual: {@code y = residual + gamma (out bias + sum over m of
     * out[m] gelu(in[m] x + in bias[m]))}.
     */
    void scale(Scaling scaling, int channel, float[] x, int xAt, float[] residual, float[] y, int yAt, int n);

    /**
     * The gradient gx from g, that of y.
     *
     * @param sums takes for each m the sums of (g gelu), of (gradient of the hidden value times x) and of (gradient of the
     *     hidden value), then the sum of g
     */
    void scaleGradient(
            Scaling scaling, int channel, float[] x, int xAt, float[] g, float[] gx, int gAt, int n, float[] sums);

    /**
     * The values of a channel-wise scaling.
     *
     * @param in (channels, 4); likewise {@code inBias} and {@code out}
     * @param outBias (channels); likewise {@code gamma}
     */
    record Scaling(float[] in, float[] inBias, float[] out, float[] outBias, float[] gamma) {}
}
