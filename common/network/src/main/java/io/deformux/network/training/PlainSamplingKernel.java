package io.deformux.network.training;

import java.util.Arrays;

/** One channel at a time. */
final class PlainSamplingKernel implements SamplingKernel {

    @Override
    public int filled(int channels) {
        return channels;
    }

    @Override
    public int width(int channels) {
        return channels;
    }

    @Override
    public int offsetSums() {
        return 3 * Taps.COUNT;
    }

    @Override
    public void sample(VoxelRows x, Taps taps, float[] weights, float[] y, int at) {
        float[] shares = new float[8];
        for (int t = 0; t < taps.count; t++) {
            shares(taps, t, shares);
            for (int c = 0; c < x.c; c++) {
                float value = 0;
                for (int corner = 0; corner < 8; corner++) {
                    value += shares[corner] * x.values[at(x, taps, t, corner) + c];
                }
                y[at + c] += weights[taps.tap[t] * x.c + c] * value;
            }
        }
    }

    @Override
    public void gradient(
            VoxelRows x,
            Taps taps,
            float[] weights,
            float[] g,
            int at,
            VoxelRows gx,
            float[] gWeights,
            float[] gOffsets) {
        float[] shares = new float[8];
        Arrays.fill(gOffsets, 0);
        for (int t = 0; t < taps.count; t++) {
            shares(taps, t, shares);
            float alongD = 0;
            float alongH = 0;
            float alongW = 0;
            for (int c = 0; c < x.c; c++) {
                float sent = g[at + c] * weights[taps.tap[t] * x.c + c];
                float value = 0;
                for (int corner = 0; corner < 8; corner++) {
                    int voxel = at(x, taps, t, corner) + c;
                    value += shares[corner] * x.values[voxel];
                    gx.values[voxel] += shares[corner] * sent;
                    float d = share(taps.alongD[t], corner >> 2);
                    float h = share(taps.alongH[t], corner >> 1 & 1);
                    float w = share(taps.alongW[t], corner & 1);
                    float part = sent * x.values[voxel];
                    alongD += ((corner >> 2) == 1 ? part : -part) * h * w;
                    alongH += ((corner >> 1 & 1) == 1 ? part : -part) * d * w;
                    alongW += ((corner & 1) == 1 ? part : -part) * d * h;
                }
                gWeights[taps.tap[t] * x.c + c] += g[at + c] * value;
            }
            gOffsets[3 * taps.tap[t]] = alongD;
            gOffsets[3 * taps.tap[t] + 1] = alongH;
            gOffsets[3 * taps.tap[t] + 2] = alongW;
        }
    }

    private static int at(VoxelRows x, Taps taps, int t, int corner) {
        return taps.low[t] + (corner >> 2) * x.plane + (corner >> 1 & 1) * x.line + (corner & 1) * x.c;
    }

    private static void shares(Taps taps, int t, float[] shares) {
        for (int corner = 0; corner < 8; corner++) {
            shares[corner] = share(taps.alongD[t], corner >> 2)
                    * share(taps.alongH[t], corner >> 1 & 1)
                    * share(taps.alongW[t], corner & 1);
        }
    }

    private static float share(float along, int far) {
        return far == 1 ? along : 1 - along;
    }
}
