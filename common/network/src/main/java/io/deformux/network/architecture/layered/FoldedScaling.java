package io.deformux.network.architecture.layered;

import io.deformux.network.kernel.Chunks;
import io.deformux.network.kernel.RowKernels;
import java.util.Arrays;

/**
 * The constants of the channel-wise scaling of a block, folded and repeated for the rows of one chunk.
 *
 * <p>The reference computes {@code y = norm * w + b}, widens each channel to four hidden values {@code gelu(w1 y + b1)},
 * takes them back as {@code w2 . hidden + b2} and multiplies by gamma. Folded: {@code in = w1 w}, {@code bias = w1 b + b1},
 * {@code out = gamma w2}, {@code shift = gamma b2}. The arrays are held, not copied.
 *
 * @param in (4)(rows x channels), what a standardised value is multiplied by on the way to hidden value m
 * @param bias likewise, added there
 * @param out likewise, what hidden value m is multiplied by
 * @param shift (rows x channels), added once
 */
public record FoldedScaling(float[][] in, float[][] bias, float[][] out, float[] shift) {
    /** Hidden values per channel. */
    public static final int WIDENING = 4;

    /**
     * Folds the parameters of one block.
     *
     * @param normWeight (c) of the layer norm before; likewise {@code normBias}
     * @param weight1 (4 c) of {@code pwconv1}, hidden values of a channel side by side; likewise {@code bias1}
     * @param weight2 (c, 4) of {@code pwconv2}
     * @param bias2 (c)
     * @param gamma (c)
     * @param rows how many voxels a chunk has
     */
    public static FoldedScaling fold(
            float[] normWeight,
            float[] normBias,
            float[] weight1,
            float[] bias1,
            float[] weight2,
            float[] bias2,
            float[] gamma,
            int rows) {
        int c = gamma.length;
        float[][] in = new float[WIDENING][c];
        float[][] bias = new float[WIDENING][c];
        float[][] out = new float[WIDENING][c];
        float[] shift = new float[c];
        for (int i = 0; i < c; i++) {
            for (int m = 0; m < WIDENING; m++) {
                int hidden = WIDENING * i + m;
                in[m][i] = weight1[hidden] * normWeight[i];
                bias[m][i] = weight1[hidden] * normBias[i] + bias1[hidden];
                out[m][i] = gamma[i] * weight2[hidden];
            }
            shift[i] = gamma[i] * bias2[i];
        }
        return new FoldedScaling(repeat(in, rows), repeat(bias, rows), repeat(out, rows), Chunks.repeat(shift, rows));
    }

    /** All in one, (13, rows x channels): in, bias, out, four rows each, and shift. */
    public float[] table() {
        float[] table = new float[(3 * WIDENING + 1) * shift.length];
        for (int m = 0; m < WIDENING; m++) {
            System.arraycopy(in[m], 0, table, m * shift.length, shift.length);
            System.arraycopy(bias[m], 0, table, (WIDENING + m) * shift.length, shift.length);
            System.arraycopy(out[m], 0, table, (2 * WIDENING + m) * shift.length, shift.length);
        }
        System.arraycopy(shift, 0, table, 3 * WIDENING * shift.length, shift.length);
        return table;
    }

    /**
     * Adds the scaling of standardised rows to their residual: {@code residual = residual + shift + sum over m of out[m] *
     * gelu(x * in[m] + bias[m])}.
     */
    public void addTo(float[] residual, float[] x, RowKernels kernels, int n) {
        kernels.add(residual, shift, n);
        for (int m = 0; m < WIDENING; m++) {
            kernels.addHidden(x, in[m], bias[m], out[m], residual, n);
        }
    }

    private static float[][] repeat(float[][] values, int rows) {
        return Arrays.stream(values).map(v -> Chunks.repeat(v, rows)).toArray(float[][]::new);
    }
}
