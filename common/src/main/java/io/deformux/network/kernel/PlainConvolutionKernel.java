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
    public void accumulate(
            int vectors,
            Factor runs,
            int runsAt,
            Factor singles,
            int singlesAt,
            int from,
            int to,
            float[] sums,
            int at,
            int step) {
        int lanes = vectors * LANES;
        float[] part = new float[lanes];
        for (int r = 0; r < ConvolutionKernel.singles(vectors); r++) {
            Arrays.fill(part, 0);
            for (int t = from; t < to; t++) {
                float single = singles.values()[singlesAt + singles.terms()[t] + r * singles.step()];
                add(runs.values(), runsAt + runs.terms()[t], single, part, lanes);
            }
            for (int j = 0; j < lanes; j++) {
                sums[at + r * step + j] += part[j];
            }
        }
    }

    private static void add(float[] run, int runAt, float single, float[] sums, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += run[runAt + j] * single;
        }
    }
}
