package io.deformux.network.kernel;

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
            float[] values,
            int valuesAt,
            int step,
            int rows,
            int voxels,
            float[] sums,
            int sumsAt) {
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < voxels; i++) {
                for (int t = 0; t < TAPS; t++) {
                    int weight = weightsAt + (r * TAPS + t) * LANES;
                    addTap(
                            weights,
                            weight,
                            values,
                            valuesAt + r * step + i * LANES,
                            sums,
                            sumsAt + (i + REACH - t) * LANES);
                }
            }
        }
    }

    private static void addTap(float[] weights, int w, float[] values, int x, float[] sums, int s) {
        for (int l = 0; l < LANES; l++) {
            sums[s + l] += weights[w + l] * values[x + l];
        }
    }
}
