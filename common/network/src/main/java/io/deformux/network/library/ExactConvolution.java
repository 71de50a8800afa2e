package io.deformux.network.library;

/**
 * Single values of a convolution and its gradients straight from their definition, in double. Arrays are PyTorch's: maps
 * (batch, channel, d, h, w); weights (out, in, k, k, k), of a transposed convolution (in, out, k, k, k).
 */
final class ExactConvolution {
    private final TriedConvolution shape;
    private final int[] small;
    private final int[] large;
    private final int[] kernel;

    ExactConvolution(TriedConvolution shape) {
        this.shape = shape;
        int[] input = {shape.d(), shape.h(), shape.w()};
        int[] output = {shape.outSize(shape.d()), shape.outSize(shape.h()), shape.outSize(shape.w())};
        // A transposed convolution is the gradient of the convolution that goes the other way.
        this.small = shape.transposed() ? input : output;
        this.large = shape.transposed() ? output : input;
        this.kernel = new int[] {shape.kernel(), shape.kernel(), shape.kernel()};
    }

    /** The result's value at a voxel of one sample and output channel. */
    DotProduct result(float[] x, float[] w, int sample, int out, int voxel) {
        return shape.transposed()
                ? spread(x, shape.in(), w, shape.out(), sample, out, voxel)
                : gather(x, shape.in(), w, sample, out, voxel);
    }

    /** The gradient of the input, from that of the result. */
    DotProduct inputGradient(float[] g, float[] w, int sample, int in, int voxel) {
        return shape.transposed()
                ? gather(g, shape.out(), w, sample, in, voxel)
                : spread(g, shape.out(), w, shape.in(), sample, in, voxel);
    }

    /** The gradient of one weight, by its index. */
    DotProduct weightGradient(float[] x, float[] g, int index) {
        float[] smallMap = shape.transposed() ? x : g;
        float[] largeMap = shape.transposed() ? g : x;
        int smallChannels = shape.transposed() ? shape.in() : shape.out();
        int largeChannels = shape.transposed() ? shape.out() : shape.in();
        int smallChannel = index / (largeChannels * shape.taps());
        int largeChannel = index / shape.taps() % largeChannels;
        int tap = index % shape.taps();
        DotProduct dot = new DotProduct();
        for (int sample = 0; sample < shape.batch(); sample++) {
            int from = (sample * smallChannels + smallChannel) * volume(small);
            int other = (sample * largeChannels + largeChannel) * volume(large);
            for (int voxel = 0; voxel < volume(small); voxel++) {
                int at = largeVoxel(voxel, tap);
                if (at >= 0) {
                    dot.add(smallMap[from + voxel], largeMap[other + at]);
                }
            }
        }
        return dot;
    }

    /** From the larger grid to a voxel of the smaller one; the weights' first axis is the target's channels. */
    private DotProduct gather(float[] map, int channels, float[] w, int sample, int target, int voxel) {
        DotProduct dot = new DotProduct();
        for (int tap = 0; tap < shape.taps(); tap++) {
            int at = largeVoxel(voxel, tap);
            for (int c = 0; at >= 0 && c < channels; c++) {
                dot.add(
                        map[(sample * channels + c) * volume(large) + at],
                        w[(target * channels + c) * shape.taps() + tap]);
            }
        }
        return dot;
    }

    /** From the smaller grid to a voxel of the larger one; the weights' second axis is the target's channels. */
    private DotProduct spread(float[] map, int channels, float[] w, int targets, int sample, int target, int voxel) {
        DotProduct dot = new DotProduct();
        for (int tap = 0; tap < shape.taps(); tap++) {
            int at = smallVoxel(voxel, tap);
            for (int c = 0; at >= 0 && c < channels; c++) {
                dot.add(
                        map[(sample * channels + c) * volume(small) + at],
                        w[(c * targets + target) * shape.taps() + tap]);
            }
        }
        return dot;
    }

    /** The voxel of the larger grid that a tap joins with one of the smaller grid, or -1 outside. */
    private int largeVoxel(int voxel, int tap) {
        int index = 0;
        for (int axis = 0; axis < 3; axis++) {
            int at = coordinate(voxel, small, axis) * shape.stride() - shape.padding() + tapCoordinate(tap, axis);
            if (at < 0 || at >= large[axis]) {
                return -1;
            }
            index = index * large[axis] + at;
        }
        return index;
    }

    /** The voxel of the smaller grid that a tap joins with one of the larger grid, or -1 if there is none. */
    private int smallVoxel(int voxel, int tap) {
        int index = 0;
        for (int axis = 0; axis < 3; axis++) {
            int scaled = coordinate(voxel, large, axis) + shape.padding() - tapCoordinate(tap, axis);
            if (scaled < 0 || scaled % shape.stride() != 0 || scaled / shape.stride() >= small[axis]) {
                return -1;
            }
            index = index * small[axis] + scaled / shape.stride();
        }
        return index;
    }

    private int tapCoordinate(int tap, int axis) {
        return coordinate(tap, kernel, axis);
    }

    private static int coordinate(int index, int[] size, int axis) {
        return switch (axis) {
            case 0 -> index / (size[1] * size[2]);
            case 1 -> index / size[2] % size[1];
            default -> index % size[2];
        };
    }

    private static int volume(int[] size) {
        return size[0] * size[1] * size[2];
    }
}
