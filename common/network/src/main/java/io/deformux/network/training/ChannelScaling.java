package io.deformux.network.training;

/**
 * The channel-wise scaling of a deformable block: each channel through a network of its own, 1 to 4 values, GELU, and back
 * to 1; times gamma, plus the block's input. Holds nothing of a step.
 */
public final class ChannelScaling {
    private static final int WIDENING = VoxelKernel.WIDENING;
    private static final int SUMS = 3 * WIDENING + 1;

    private final Parameter gamma;
    private final Parameter in;
    private final Parameter inBias;
    private final Parameter out;
    private final Parameter outBias;
    private final VoxelKernel kernel;

    /**
     * The scaling of a block with c channels.
     *
     * @param gamma (c)
     * @param in (4 c, 1, 1, 1, 1)
     * @param inBias (4 c)
     * @param out (c, 4, 1, 1, 1)
     * @param outBias (c)
     */
    public ChannelScaling(
            Parameter gamma,
            Parameter in,
            Parameter inBias,
            Parameter out,
            Parameter outBias,
            TrainingKernels kernels) {
        this.gamma = gamma;
        this.in = in;
        this.inBias = inBias;
        this.out = out;
        this.outBias = outBias;
        this.kernel = kernels.voxels();
    }

    private VoxelKernel.Scaling values() {
        return new VoxelKernel.Scaling(in.values, inBias.values, out.values, outBias.values, gamma.values);
    }

    /** Computes y from x and the block's input. */
    public void forward(RimmedMaps x, RimmedMaps residual, RimmedMaps y) {
        VoxelKernel.Scaling scaling = values();
        ParallelTasks.forEach(x.n * x.c, m -> {
            int s = m / x.c;
            int c = m % x.c;
            for (int i = 0; i < x.d; i++) {
                int at = y.at(s, c, i, 0);
                // The residual and y have the same shape, and so the same indices.
                kernel.scale(scaling, c, x.values, x.at(s, c, i, 0), residual.values, y.values, at, y.span());
                y.clearGaps(s, c, i);
            }
        });
    }

    /** Adds the parameters' gradients and computes that of x from that of y; the residual's is that of y. */
    public void backward(RimmedMaps x, RimmedMaps gy, RimmedMaps gx) {
        VoxelKernel.Scaling scaling = values();
        int lanes = kernel.lanes();
        ParallelTasks.forEach(x.c, c -> {
            float[] sums = new float[SUMS * lanes];
            for (int s = 0; s < x.n; s++) {
                for (int i = 0; i < x.d; i++) {
                    int at = gy.at(s, c, i, 0);
                    kernel.scaleGradient(
                            scaling, c, x.values, x.at(s, c, i, 0), gy.values, gx.values, at, gy.span(), sums);
                    gx.clearGaps(s, c, i);
                }
            }
            add(c, sums, lanes);
        });
    }

    private void add(int c, float[] sums, int lanes) {
        double all = total(sums, 3 * WIDENING, lanes);
        double ofGamma = all * outBias.values[c];
        for (int m = 0; m < WIDENING; m++) {
            int at = WIDENING * c + m;
            double ofOut = total(sums, 3 * m, lanes);
            ofGamma += ofOut * out.values[at];
            out.gradient[at] += (float) (gamma.values[c] * ofOut);
            in.gradient[at] += (float) total(sums, 3 * m + 1, lanes);
            inBias.gradient[at] += (float) total(sums, 3 * m + 2, lanes);
        }
        outBias.gradient[c] += (float) (gamma.values[c] * all);
        gamma.gradient[c] += (float) ofGamma;
    }

    private static double total(float[] sums, int sum, int lanes) {
        double total = 0;
        for (int lane = 0; lane < lanes; lane++) {
            total += sums[sum * lanes + lane];
        }
        return total;
    }
}
