package io.deformux.network.kernel;

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
        for (int v = voxel; v < voxel + ConvolutionKernel.voxels(vectors); v += 2) {
            for (int o = 0; o < channels; o += 4) {
                int at = sumsAt + v * step + o;
                add(
                        weights,
                        o / LANES * terms * LANES + o % LANES,
                        values,
                        valuesAt + places[v],
                        valuesAt + places[v + 1],
                        terms,
                        sums,
                        at,
                        step);
            }
        }
    }

    /** Four channels of two voxels: loops over channels are too short for HotSpot to do anything good to them. */
    private static void add(
            float[] weights, int first, float[] values, int a, int b, int terms, float[] sums, int at, int step) {
        float a0 = 0;
        float a1 = 0;
        float a2 = 0;
        float a3 = 0;
        float b0 = 0;
        float b1 = 0;
        float b2 = 0;
        float b3 = 0;
        for (int t = 0, w = first; t < terms; t++, w += LANES) {
            float x = values[a + t];
            float y = values[b + t];
            a0 += x * weights[w];
            a1 += x * weights[w + 1];
            a2 += x * weights[w + 2];
            a3 += x * weights[w + 3];
            b0 += y * weights[w];
            b1 += y * weights[w + 1];
            b2 += y * weights[w + 2];
            b3 += y * weights[w + 3];
        }
        sums[at] += a0;
        sums[at + 1] += a1;
        sums[at + 2] += a2;
        sums[at + 3] += a3;
        sums[at + step] += b0;
        sums[at + step + 1] += b1;
        sums[at + step + 2] += b2;
        sums[at + step + 3] += b3;
    }
}
