package io.deformux.network.kernel;

import java.util.Arrays;

/** Plain loops: the oracle of {@link VectorConvolutionKernel}, and what runs without the vector module. */
final class PlainConvolutionKernel implements ConvolutionKernel {
    private static final int LANES = 16;

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void add(
            int vectors,
            float[] weights,
            float[] values,
            int valuesAt,
            int[] places,
            int voxel,
            int terms,
            float[] sums,
            int sumsAt,
            int step) {
        int channels = vectors * LANES;
        float[] sum = new float[channels];
        for (int v = voxel; v < voxel + ConvolutionKernel.voxels(vectors); v++) {
            Arrays.fill(sum, 0);
            for (int t = 0; t < terms; t++) {
                add(weights, t * channels, values[valuesAt + places[v] + t], sum, 0, channels);
            }
            add(sum, 0, 1, sums, sumsAt + v * step, channels);
        }
    }

    private static void add(float[] x, int xAt, float factor, float[] sums, int at, int n) {
        for (int i = 0; i < n; i++) {
            sums[at + i] += x[xAt + i] * factor;
        }
    }
}
