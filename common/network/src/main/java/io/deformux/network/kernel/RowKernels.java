package io.deformux.network.kernel;

/**
 * Element-wise arithmetic on a few voxels at a time, held as flat rows of channels.
 *
 * <p>Per-channel constants come as arrays as long as the rows, repeated for every voxel, so that one loop serves any
 * number of channels. All arrays may be longer than {@code n}. Stateless.
 */
public interface RowKernels {
    /** What a LeakyReLU multiplies negative values by. */
    float LEAK = 0.01f;

    /** A multiple of the lanes of every vector of floats. */
    int LANES = 16;

    /** bfloat16 to float: the bits become the upper half. */
    void widen(short[] from, float[] to, int n);

    /** float to bfloat16, to the nearest, ties to even; finite values. */
    void narrow(float[] from, short[] to, int n);

    /** Adds {@code x - pivot} to {@code sums} and its square to {@code squares}. */
    void addMoments(float[] x, float[] pivot, float[] sums, float[] squares, int n);

    /** {@code x = x * scale + shift}. */
    void affine(float[] x, float[] scale, float[] shift, int n);

    /** {@code x = leaky(x * scale + shift)}. */
    void affineLeaky(float[] x, float[] scale, float[] shift, int n);

    /** {@code x = leaky(x * scale + shift + other * otherScale)}. */
    void joinLeaky(float[] x, float[] scale, float[] shift, float[] other, float[] otherScale, int n);

    /** Brings each row of {@code channels} values to mean 0 and biased variance 1: {@code (x - mean) / sqrt(var + eps)}. */
    void standardise(float[] x, int rows, int channels, float eps);

    /** {@code sum = sum + out * gelu(x * in + bias)}, with the exact (error function) GELU. */
    void addHidden(float[] x, float[] in, float[] bias, float[] out, float[] sum, int n);

    /** {@code x = x + y}. */
    void add(float[] x, float[] y, int n);

    /**
     * A matrix applied to rows: {@code out[r, o] = bias[o] + sum over c of weights[c, o] * x[r, c]}.
     *
     * @param weights (channels, outputs)
     * @param outputs a multiple of {@link #LANES}
     */
    void project(float[] x, int rows, int channels, float[] weights, float[] bias, int outputs, float[] out);
}
