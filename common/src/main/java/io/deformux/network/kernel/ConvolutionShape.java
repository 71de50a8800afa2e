package io.deformux.network.kernel;

/**
 * A dense convolution without its weights; the same along all three axes.
 *
 * @param outputs channels of its result
 * @param inputs channels of its input
 * @param k size of the kernel, in voxels
 * @param stride from one output voxel to the next, in input voxels
 * @param padding zeros before the first and after the last input voxel
 */
record ConvolutionShape(int outputs, int inputs, int k, int stride, int padding) {

    /** How many products make one output value, before the bias. */
    int terms() {
        return k * k * k * inputs;
    }

    /** How many output voxels there are along an axis. */
    int size(int input) {
        return (input + 2 * padding - k) / stride + 1;
    }

    /** How many input voxels so many neighbouring output voxels read along an axis. */
    int reach(int voxels) {
        return (voxels - 1) * stride + k;
    }

    /**
     * Where a weight lies among those of PyTorch, (out, in, k, k, k).
     *
     * @param tap in (d, h, w) order
     */
    int weight(int output, int input, int tap) {
        return (output * inputs + input) * k * k * k + tap;
    }
}
