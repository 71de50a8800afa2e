package io.deformux.network.proof;

import io.deformux.network.kernel.DenseConvolution;
import io.deformux.network.kernel.MapView;
import java.util.stream.IntStream;

/** Single voxels of a convolution in plain float64, all output channels of each. Stateless. */
final class VoxelCheck {
    /** Voxels whose sums run side by side, so that no addition waits for the one before it. */
    private static final int SIDE = 4;

    private VoxelCheck() {}

    /**
     * The worst error at some voxels of y = c(x), relative to the exact value or, where terms cancel, to the root of the sum
     * of their squares: what rounding errors are proportional to. Infinite if a value is not finite.
     *
     * @param voxels indices into y's grid; their number a multiple of four
     */
    static double worst(DenseConvolution c, MapView x, MapView y, int[] voxels) {
        int taps = c.size() * c.size() * c.size();
        double[][] patches = new double[voxels.length][taps * c.inputs()];
        for (int s = 0; s < voxels.length; s++) {
            gather(c, x, y, voxels[s], patches[s]);
        }
        return IntStream.range(0, c.outputs())
                .parallel()
                .mapToDouble(o -> worst(c, y, o, voxels, patches))
                .max()
                .orElse(0);
    }

    /** The inputs that an output voxel sees, (size, size, size, inputs); zeros outside. */
    private static void gather(DenseConvolution c, MapView x, MapView y, int voxel, double[] patch) {
        int d = voxel / (y.h() * y.w()) * c.stride() - c.padding();
        int h = voxel / y.w() % y.h() * c.stride() - c.padding();
        int w = voxel % y.w() * c.stride() - c.padding();
        int at = 0;
        for (int i = d; i < d + c.size(); i++) {
            for (int j = h; j < h + c.size(); j++) {
                for (int k = w; k < w + c.size(); k++) {
                    boolean inside = i >= 0 && i < x.d() && j >= 0 && j < x.h() && k >= 0 && k < x.w();
                    for (int channel = 0; channel < c.inputs(); channel++) {
                        patch[at++] = inside ? x.value(((i * x.h() + j) * x.w() + k) * x.c() + channel) : 0;
                    }
                }
            }
        }
    }

    private static double worst(DenseConvolution c, MapView y, int output, int[] voxels, double[][] patches) {
        double worst = 0;
        double bias = c.bias().length == 0 ? 0 : c.bias()[output];
        int row = output * patches[0].length;
        double[] sums = new double[2 * SIDE];
        for (int s = 0; s < voxels.length; s += SIDE) {
            sum(c.weight(), row, patches, s, sums);
            for (int i = 0; i < SIDE; i++) {
                double exact = sums[i] + bias;
                double scale = Math.max(Math.abs(exact), Math.sqrt(sums[SIDE + i] + bias * bias));
                double error = Math.abs(y.value(voxels[s + i] * y.c() + output) - exact);
                worst = Math.max(worst, error == 0 ? 0 : error / scale);
                if (!(error / Math.max(scale, Float.MIN_NORMAL) < Double.POSITIVE_INFINITY)) {
                    return Double.POSITIVE_INFINITY;
                }
            }
        }
        return worst;
    }

    /** The sums of {@link #SIDE} patches' terms, then the sums of their squares. */
    private static void sum(float[] weight, int row, double[][] patches, int first, double[] sums) {
        double[] p0 = patches[first];
        double[] p1 = patches[first + 1];
        double[] p2 = patches[first + 2];
        double[] p3 = patches[first + 3];
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double q0 = 0;
        double q1 = 0;
        double q2 = 0;
        double q3 = 0;
        for (int k = 0; k < p0.length; k++) {
            double w = weight[row + k];
            double t0 = w * p0[k];
            double t1 = w * p1[k];
            double t2 = w * p2[k];
            double t3 = w * p3[k];
            s0 += t0;
            s1 += t1;
            s2 += t2;
            s3 += t3;
            q0 += t0 * t0;
            q1 += t1 * t1;
            q2 += t2 * t2;
            q3 += t3 * t3;
        }
        sums[0] = s0;
        sums[1] = s1;
        sums[2] = s2;
        sums[3] = s3;
        sums[SIDE] = q0;
        sums[SIDE + 1] = q1;
        sums[SIDE + 2] = q2;
        sums[SIDE + 3] = q3;
    }
}
