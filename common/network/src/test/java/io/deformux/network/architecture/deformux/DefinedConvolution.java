package io.deformux.network.architecture.deformux;

/**
 * The depthwise 3x3x3 deformable convolution one number at a time, straight from its definition: the oracle for every
 * other form of it. Stride 1, padding 1, dilation 1, zeros outside.
 */
final class DefinedConvolution {
    private final int n;
    private final int c;
    private final int[] size;

    /** For inputs (n, c, d, h, w). */
    DefinedConvolution(int n, int c, int d, int h, int w) {
        this.n = n;
        this.c = c;
        this.size = new int[] {d, h, w};
    }

    /**
     * The result (n, c, d, h, w).
     *
     * @param x (n, c, d, h, w)
     * @param offset (n, 81, d, h, w), channel 3 * tap + axis
     * @param weight (c, 27)
     * @param bias (c)
     */
    double[] apply(double[] x, double[] offset, double[] weight, double[] bias) {
        int voxels = size[0] * size[1] * size[2];
        double[] y = new double[n * c * voxels];
        for (int sample = 0; sample < n; sample++) {
            for (int v = 0; v < voxels; v++) {
                int[] at = {v / (size[1] * size[2]), v / size[2] % size[1], v % size[2]};
                for (int channel = 0; channel < c; channel++) {
                    double sum = bias[channel];
                    for (int tap = 0; tap < 27; tap++) {
                        int[] step = {tap / 9, tap / 3 % 3, tap % 3};
                        double[] p = new double[3];
                        for (int axis = 0; axis < 3; axis++) {
                            p[axis] = at[axis] - 1 + step[axis] + offset[((sample * 81) + 3 * tap + axis) * voxels + v];
                        }
                        sum += weight[channel * 27 + tap] * sample(x, (sample * c + channel) * voxels, p);
                    }
                    y[(sample * c + channel) * voxels + v] = sum;
                }
            }
        }
        return y;
    }

    private double sample(double[] x, int map, double[] p) {
        for (int axis = 0; axis < 3; axis++) {
            if (!(p[axis] > -1 && p[axis] < size[axis])) {
                return 0;
            }
        }
        double value = 0;
        for (int corner = 0; corner < 8; corner++) {
            double share = 1;
            int index = 0;
            boolean inside = true;
            for (int axis = 0; axis < 3; axis++) {
                int low = (int) Math.floor(p[axis]);
                int high = corner >> axis & 1;
                int at = low + high;
                share *= high == 1 ? p[axis] - low : 1 - (p[axis] - low);
                inside &= at >= 0 && at < size[axis];
                index = index * size[axis] + at;
            }
            value += inside ? share * x[map + index] : 0;
        }
        return value;
    }
}
