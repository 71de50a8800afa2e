package io.deformux.network.training;

/**
 * Zero mean and unit biased variance per sample and channel, eps 1e-5: the statistics of maps x, and what follows from
 * them. Nothing learned.
 */
public final class InstanceNorm {
    private static final double EPSILON = 1e-5;

    private final MapKernel kernel;
    private float[] mean = {};
    private float[] factor = {};

    public InstanceNorm(TrainingKernels kernels) {
        this.kernel = kernels.maps();
    }

    /** Looks at x. */
    public void measure(RimmedMaps x) {
        mean = new float[x.n * x.c];
        factor = new float[x.n * x.c];
        int gaps = (x.span() - x.h * x.w) * x.d;
        ParallelTasks.forEach(x.n * x.c, m -> {
            double sum = 0;
            for (int i = 0; i < x.d; i++) {
                sum += kernel.sum(x.values, x.at(m / x.c, m % x.c, i, 0), x.span());
            }
            mean[m] = (float) (sum / x.voxels());
            // The zeros between the lines are in the sum of squares too.
            double squares = -gaps * ((double) mean[m] * mean[m]);
            for (int i = 0; i < x.d; i++) {
                squares += kernel.squares(x.values, x.at(m / x.c, m % x.c, i, 0), mean[m], x.span());
            }
            factor[m] = (float) (1 / Math.sqrt(Math.max(squares, 0) / x.voxels() + EPSILON));
        });
    }

    /** What x is multiplied by. */
    public float factor(int s, int channel, RimmedMaps x) {
        return factor[s * x.c + channel];
    }

    /** What is added after that. */
    public float shift(int s, int channel, RimmedMaps x) {
        return -factor[s * x.c + channel] * mean[s * x.c + channel];
    }

    /** The gradient of x from g, that of the normed x; gx may be g. */
    public void gradient(RimmedMaps x, RimmedMaps g, RimmedMaps gx) {
        ParallelTasks.forEach(x.n * x.c, m -> {
            int s = m / x.c;
            int c = m % x.c;
            double sum = 0;
            double product = 0;
            for (int i = 0; i < x.d; i++) {
                int at = g.at(s, c, i, 0);
                sum += kernel.sum(g.values, at, g.span());
                product += kernel.product(g.values, at, x.values, x.at(s, c, i, 0), mean[m], g.span());
            }
            double f = factor[m];
            // f (g - mean(g) - xn mean(g xn)) with xn = f (x - mean)
            double slope = -f * f * f * product / x.voxels();
            double shift = -f * sum / x.voxels() - slope * mean[m];
            for (int i = 0; i < x.d; i++) {
                kernel.combine(
                        g.values,
                        g.at(s, c, i, 0),
                        (float) f,
                        x.values,
                        x.at(s, c, i, 0),
                        (float) slope,
                        (float) shift,
                        gx.values,
                        gx.at(s, c, i, 0),
                        x.span());
                gx.clearGaps(s, c, i);
            }
        });
    }
}
