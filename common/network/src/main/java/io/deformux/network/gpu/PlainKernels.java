package io.deformux.network.gpu;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.Arrays;
import java.util.Optional;

/**
 * The same one number at a time in Java, in double precision: what the others are tested and proven against. It copies maps to and
 * fro, so it works on any device and is slow. One thread.
 */
final class PlainKernels implements MapKernels {
    private static final int TAPS = 27;
    private static final int WIDENING = 4;

    private final DeviceLayers layers;

    PlainKernels(DeviceLayers layers) {
        this.layers = layers;
    }

    @Override
    public void deform(DeviceMap x, DeviceMap offset, PtNDArray weight, PtNDArray bias, DeviceMap y) {
        write(deformed(x, offset, weight, bias), y);
    }

    double[] deformed(DeviceMap x, DeviceMap offset, PtNDArray weight, PtNDArray bias) {
        int c = x.c();
        float[] map = layers.read(x.array());
        float[] moved = layers.read(offset.array());
        float[] w = layers.read(weight);
        float[] b = layers.read(bias);
        int[] size = {x.d(), x.h(), x.w()};
        double[] y = new double[map.length];
        for (int v = 0; v < x.n() * x.voxels(); v++) {
            int inSample = v % x.voxels();
            int[] at = {inSample / (size[1] * size[2]), inSample / size[2] % size[1], inSample % size[2]};
            for (int k = 0; k < c; k++) {
                y[v * c + k] = b[k];
            }
            for (int tap = 0; tap < TAPS; tap++) {
                // Positions are floats everywhere: in double precision some would lie on the other side of a voxel.
                float[] p = new float[3];
                int[] step = {tap / 9 - 1, tap / 3 % 3 - 1, tap % 3 - 1};
                for (int axis = 0; axis < 3; axis++) {
                    p[axis] = (float) (at[axis] + step[axis]) + moved[v * 3 * TAPS + 3 * tap + axis];
                }
                sample(map, (v - inSample) * c, c, size, p, w, tap, y, v * c);
            }
        }
        return y;
    }

    private static void sample(
            float[] map, int first, int c, int[] size, float[] p, float[] w, int tap, double[] y, int to) {
        for (int axis = 0; axis < 3; axis++) {
            if (!(p[axis] > -1 && p[axis] < size[axis])) {
                return;
            }
        }
        for (int corner = 0; corner < 8; corner++) {
            double share = 1;
            int index = 0;
            for (int axis = 0; axis < 3; axis++) {
                int high = corner >> 2 - axis & 1;
                double low = Math.floor(p[axis]);
                int place = (int) low + high;
                share *= place < 0 || place >= size[axis] ? 0 : high == 1 ? p[axis] - low : 1 - (p[axis] - low);
                index = index * size[axis] + Math.min(Math.max(place, 0), size[axis] - 1);
            }
            for (int k = 0; k < c; k++) {
                y[to + k] += w[tap * c + k] * share * map[first + index * c + k];
            }
        }
    }

    @Override
    public void activate(DeviceMap y, Optional<DeviceMap> other, boolean normed, NDManager scope) {
        write(activated(y, other, normed), y);
    }

    double[] activated(DeviceMap y, Optional<DeviceMap> other, boolean normed) {
        double[] sum = normed(y);
        if (other.isPresent()) {
            double[] more = normed
                    ? normed(other.get())
                    : doubles(layers.read(other.get().array()));
            Arrays.setAll(sum, i -> sum[i] + more[i]);
        }
        return Arrays.stream(sum).map(v -> v > 0 ? v : 0.01 * v).toArray();
    }

    private double[] normed(DeviceMap x) {
        double[] values = doubles(layers.read(x.array()));
        int c = x.c();
        for (int n = 0; n < x.n(); n++) {
            for (int k = 0; k < c; k++) {
                int first = n * x.voxels() * c + k;
                standardise(values, first, c, x.voxels(), 1e-5);
            }
        }
        return values;
    }

    /** Brings every step-th value to mean 0 and variance 1. */
    private static void standardise(double[] values, int first, int step, int count, double epsilon) {
        double mean = 0;
        for (int i = 0; i < count; i++) {
            mean += values[first + i * step] / count;
        }
        double variance = 0;
        for (int i = 0; i < count; i++) {
            variance += Math.pow(values[first + i * step] - mean, 2) / count;
        }
        for (int i = 0; i < count; i++) {
            values[first + i * step] = (values[first + i * step] - mean) / Math.sqrt(variance + epsilon);
        }
    }

    @Override
    public void blockEnd(DeviceMap y, DeviceMap x, PtNDArray table) {
        write(ended(y, x, table), y);
    }

    double[] ended(DeviceMap y, DeviceMap x, PtNDArray table) {
        int c = y.c();
        float[] t = layers.read(table);
        double[] z = doubles(layers.read(y.array()));
        float[] residual = layers.read(x.array());
        for (int v = 0; v < z.length / c; v++) {
            standardise(z, v * c, 1, c, 1e-6);
            for (int k = 0; k < c; k++) {
                double total = residual[v * c + k] + t[3 * WIDENING * c + k];
                for (int m = 0; m < WIDENING; m++) {
                    double u = z[v * c + k] * t[m * c + k] + t[(WIDENING + m) * c + k];
                    total += gelu(u) * t[(2 * WIDENING + m) * c + k];
                }
                z[v * c + k] = total;
            }
        }
        return z;
    }

    /** u * P(X < u) for a standard normal X, by the series of erf around 0 where that converges fast, else 0 or u. */
    private static double gelu(double u) {
        if (Math.abs(u) > 6) {
            return Math.max(u, 0);
        }
        double x = u / Math.sqrt(2);
        double term = x;
        double sum = x;
        for (int n = 1; n < 120; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return u * (0.5 + sum / Math.sqrt(Math.PI));
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }

    private void write(double[] values, DeviceMap to) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        layers.copy(floats, to);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
