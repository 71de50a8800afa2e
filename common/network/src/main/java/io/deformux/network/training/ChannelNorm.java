package io.deformux.network.training;

/** Mean and biased variance over the channels of a voxel, with learned weight and bias. Holds nothing of a step. */
public final class ChannelNorm {
    private final Parameter weight;
    private final Parameter bias;
    private final VoxelKernel kernel;

    /** A norm with these parameters, a value per channel each. */
    public ChannelNorm(Parameter weight, Parameter bias, TrainingKernels kernels) {
        this.weight = weight;
        this.bias = bias;
        this.kernel = kernels.voxels();
    }

    /** Computes y from x of the same shape. */
    public void forward(RimmedMaps x, RimmedMaps y) {
        ParallelTasks.forEach(x.n * x.d, task -> {
            int s = task / x.d;
            int i = task % x.d;
            int at = y.at(s, 0, i, 0);
            kernel.norm(x.values, x.at(s, 0, i, 0), x.map, weight.values, bias.values, y.values, at, y.map, y.span());
            for (int channel = 0; channel < y.c; channel++) {
                y.clearGaps(s, channel, i);
            }
        });
    }

    /** Adds the parameters' gradients and computes that of x from that of y; gx may be gy. */
    public void backward(RimmedMaps x, RimmedMaps gy, RimmedMaps gx) {
        float[][] sums = new float[x.n * x.d][];
        ParallelTasks.forEach(x.n * x.d, task -> {
            int s = task / x.d;
            int i = task % x.d;
            sums[task] = new float[2 * x.c * kernel.lanes()];
            kernel.normGradient(
                    x.values,
                    x.at(s, 0, i, 0),
                    x.map,
                    weight.values,
                    gy.values,
                    gy.at(s, 0, i, 0),
                    gx.values,
                    gx.at(s, 0, i, 0),
                    gx.map,
                    x.span(),
                    sums[task]);
            for (int channel = 0; channel < gx.c; channel++) {
                gx.clearGaps(s, channel, i);
            }
        });
        for (float[] plane : sums) {
            for (int v = 0; v < plane.length; v++) {
                int channel = v / kernel.lanes();
                if (channel < x.c) {
                    weight.gradient[channel] += plane[v];
                } else {
                    bias.gradient[channel - x.c] += plane[v];
                }
            }
        }
    }
}
