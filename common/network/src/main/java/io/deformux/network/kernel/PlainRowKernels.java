package io.deformux.network.kernel;

/**
 * Plain loops: the oracle of {@link VectorRowKernels}, and what runs without the vector module. The static forms begin at an index: what
 * does not fill a vector at the end is theirs.
 */
final class PlainRowKernels implements RowKernels {

    @Override
    public void widen(short[] from, float[] to, int n) {
        widen(from, to, 0, n);
    }

    static void widen(short[] from, float[] to, int first, int n) {
        for (int i = first; i < n; i++) {
            to[i] = Float.intBitsToFloat(from[i] << 16);
        }
    }

    @Override
    public void narrow(float[] from, short[] to, int n) {
        narrow(from, to, 0, n);
    }

    static void narrow(float[] from, short[] to, int first, int n) {
        for (int i = first; i < n; i++) {
            int bits = Float.floatToRawIntBits(from[i]);
            to[i] = (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
        }
    }

    @Override
    public void addMoments(float[] x, float[] pivot, float[] sums, float[] squares, int n) {
        addMoments(x, pivot, sums, squares, 0, n);
    }

    static void addMoments(float[] x, float[] pivot, float[] sums, float[] squares, int first, int n) {
        for (int i = first; i < n; i++) {
            float difference = x[i] - pivot[i];
            sums[i] += difference;
            squares[i] += difference * difference;
        }
    }

    @Override
    public void affine(float[] x, float[] scale, float[] shift, int n) {
        affine(x, scale, shift, 0, n);
    }

    static void affine(float[] x, float[] scale, float[] shift, int first, int n) {
        for (int i = first; i < n; i++) {
            x[i] = x[i] * scale[i] + shift[i];
        }
    }

    @Override
    public void affineLeaky(float[] x, float[] scale, float[] shift, int n) {
        affineLeaky(x, scale, shift, 0, n);
    }

    static void affineLeaky(float[] x, float[] scale, float[] shift, int first, int n) {
        for (int i = first; i < n; i++) {
            x[i] = leaky(x[i] * scale[i] + shift[i]);
        }
    }

    @Override
    public void joinLeaky(float[] x, float[] scale, float[] shift, float[] other, float[] otherScale, int n) {
        joinLeaky(x, scale, shift, other, otherScale, 0, n);
    }

    static void joinLeaky(
            float[] x, float[] scale, float[] shift, float[] other, float[] otherScale, int first, int n) {
        for (int i = first; i < n; i++) {
            x[i] = leaky(x[i] * scale[i] + shift[i] + other[i] * otherScale[i]);
        }
    }

    @Override
    public void standardise(float[] x, int rows, int channels, float eps) {
        for (int r = 0; r < rows; r++) {
            int at = r * channels;
            float sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += x[at + c];
            }
            float mean = sum / channels;
            float squares = 0;
            for (int c = 0; c < channels; c++) {
                float difference = x[at + c] - mean;
                squares += difference * difference;
            }
            float factor = (float) (1 / Math.sqrt(squares / channels + eps));
            for (int c = 0; c < channels; c++) {
                x[at + c] = (x[at + c] - mean) * factor;
            }
        }
    }

    @Override
    public void addHidden(float[] x, float[] in, float[] bias, float[] out, float[] sum, int n) {
        addHidden(x, in, bias, out, sum, 0, n);
    }

    static void addHidden(float[] x, float[] in, float[] bias, float[] out, float[] sum, int first, int n) {
        for (int i = first; i < n; i++) {
            sum[i] += out[i] * Erf.gelu(x[i] * in[i] + bias[i]);
        }
    }

    @Override
    public void add(float[] x, float[] y, int n) {
        add(x, y, 0, n);
    }

    static void add(float[] x, float[] y, int first, int n) {
        for (int i = first; i < n; i++) {
            x[i] += y[i];
        }
    }

    @Override
    public void project(float[] x, int rows, int channels, float[] weights, float[] bias, int outputs, float[] out) {
        project(x, 0, rows, channels, weights, bias, outputs, out);
    }

    static void project(
            float[] x, int first, int rows, int channels, float[] weights, float[] bias, int outputs, float[] out) {
        for (int r = first; r < rows; r++) {
            System.arraycopy(bias, 0, out, r * outputs, outputs);
            for (int c = 0; c < channels; c++) {
                for (int o = 0; o < outputs; o++) {
                    out[r * outputs + o] += x[r * channels + c] * weights[c * outputs + o];
                }
            }
        }
    }

    private static float leaky(float x) {
        return Math.max(x, LEAK * x);
    }
}
