package io.deformux.network.library;

import ai.djl.ndarray.types.Shape;

/**
 * One convolution without bias, as large in every direction: kernel k, and padding k / 2 unless k is 2. A transposed one
 * has no padding.
 *
 * @param in channels of {@code x}, which is (batch, in, d, h, w)
 * @param out channels of the result
 * @param channelsLast whether PyTorch is given maps whose channels lie closest together
 */
record TriedConvolution(
        int kernel,
        int stride,
        boolean transposed,
        int batch,
        int in,
        int out,
        int d,
        int h,
        int w,
        boolean channelsLast) {

    int padding() {
        return transposed || kernel == 2 ? 0 : kernel / 2;
    }

    int taps() {
        return kernel * kernel * kernel;
    }

    int voxels() {
        return d * h * w;
    }

    /** The result's size where the input's is {@code size}. */
    int outSize(int size) {
        return transposed ? (size - 1) * stride + kernel : (size + 2 * padding() - kernel) / stride + 1;
    }

    int outVoxels() {
        return outSize(d) * outSize(h) * outSize(w);
    }

    int inLength() {
        return batch * in * voxels();
    }

    int outLength() {
        return batch * out * outVoxels();
    }

    int weights() {
        return in * out * taps();
    }

    Shape inSizes() {
        return new Shape(batch, in, d, h, w);
    }

    Shape outSizes() {
        return new Shape(batch, out, outSize(d), outSize(h), outSize(w));
    }

    Shape weightSizes() {
        return transposed ? new Shape(in, out, kernel, kernel, kernel) : new Shape(out, in, kernel, kernel, kernel);
    }

    /** As {@code trial.py} is told. */
    int[] how(int format) {
        return new int[] {stride, padding(), transposed ? 1 : 0, channelsLast ? 1 : 0, format};
    }

    /** As the log names it. */
    String name() {
        return (transposed ? "transposed " : "") + "kernel " + kernel + " stride " + stride + ", batch " + batch + ", "
                + in + " to " + out + " channels, " + d + "x" + h + "x" + w
                + (channelsLast ? ", channels last" : ", contiguous");
    }
}
