package io.deformux.network.kernel;

/**
 * A dense convolution without its weights; the same along all three axes.
 *
 * <p>The products of one output value are summed run by run: a run is what lies side by side in a {@link Slab}, the taps
 * along w with all their channels. Where the input has few channels the taps along h, or h and d, are folded into the
 * channels first, so that a run is never short.
 *
 * @param outputs channels of its result
 * @param inputs channels of its input
 * @param k size of the kernel, in voxels
 * @param stride from one output voxel to the next, in input voxels
 * @param padding zeros before the first and after the last input voxel
 */
record ConvolutionShape(int outputs, int inputs, int k, int stride, int padding) {
    /** A run of so many terms is long enough: the loop over it is most of the time. */
    private static final int LONG = 24;

    /** How many output voxels there are along an axis. */
    int size(int input) {
        return (input + 2 * padding - k) / stride + 1;
    }

    /** How many input voxels so many neighbouring output voxels read along an axis. */
    int reach(int voxels) {
        return (voxels - 1) * stride + k;
    }

    /** How many products make one output value. */
    int terms() {
        return k * k * k * inputs;
    }

    /** How many taps along h are folded into the channels: 1 or all. */
    int foldH() {
        return k * inputs < LONG ? k : 1;
    }

    /** How many along d: 1, or all if those along h are and do not suffice. */
    int foldD() {
        return k * k * inputs < LONG ? k : 1;
    }

    /** Channels with the folded taps: (d, h, inputs). */
    int channels() {
        return foldD() * foldH() * inputs;
    }

    /**
     * Where a weight lies among those of PyTorch, (outputs, inputs, k, k, k).
     *
     * @param d the tap along d, 0 where those are folded; likewise {@code h}
     * @param channel among {@link #channels}
     */
    int weight(int output, int d, int h, int w, int channel) {
        int tapD = d + channel / (foldH() * inputs);
        int tapH = h + channel / inputs % foldH();
        return (((output * inputs + channel % inputs) * k + tapD) * k + tapH) * k + w;
    }
}
