package io.deformux.network.kernel;

import java.util.Arrays;

/** Plain loops: the oracle of {@link VectorDepthwiseKernel}, and what runs without the vector module. */
final class PlainDepthwiseKernel implements DepthwiseKernel {
    private static final int LANES = 16;

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void add(
            float[] weights,
            int weightsAt,
            int terms,
            float[] values,
            int valuesAt,
            float[] sums,
            int sumsAt,
            int voxels) {
        float[] row = new float[LANES];
        for (int v = 0; v < voxels; v++) {
            Arrays.fill(row, 0);
            for (int t = 0; t < terms; t++) {
                addTap(weights, weightsAt + t * LANES, values, valuesAt + (v + t) * LANES, row);
            }
            int at = sumsAt + v * LANES;
            for (int l = 0; l < LANES; l++) {
                sums[at + l] += row[l];
            }
        }
    }

    private static void addTap(float[] weights, int w, float[] values, int x, float[] row) {
        for (int l = 0; l < LANES; l++) {
            row[l] += weights[w + l] * values[x + l];
        }
    }
}
