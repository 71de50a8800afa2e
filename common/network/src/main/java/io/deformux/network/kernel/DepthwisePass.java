package io.deformux.network.kernel;

import java.util.stream.IntStream;

/**
 * A depthwise convolution with its weights, each channel by a kernel of its own that is the same size along all three axes: as
 * many voxels out as in, zeros around the map: {@code y[c] = bias[c] + sum over taps of weight * x[c]}, each sum in float and in
 * one fixed order. Holds no state of a call.
 *
 * <p>Direct, row by row: a row of weights meets a row of the map, some voxels at once so that they share what is loaded, and
 * then the same row of weights meets the next line. What a task reads of one plane stays in a second-level cache. Rows of taps
 * that lie outside of the map cost nothing.
 */
public final class DepthwisePass {
    /** Lines of a task, which share what they read of a plane. */
    private static final int LINES = 8;

    private final Kernels kernels;
    private final String name;
    private final int size;
    private final float[] weights;
    private final float[] bias;

    /**
     * A convolution.
     *
     * @param name the layer's state-dict name, for logs
     * @param weight (c, 1, size, size, size), size odd
     * @param bias (c)
     */
    public DepthwisePass(Kernels kernels, String name, float[] weight, float[] bias, int size) {
        if (size % 2 == 0 || weight.length != bias.length * size * size * size) {
            throw new IllegalArgumentException(
                    name + ": " + weight.length + " weights for " + bias.length + " channels of " + size + "^3");
        }
        this.kernels = kernels;
        this.name = name;
        this.size = size;
        this.bias = bias.clone();
        int lanes = kernels.depthwise().lanes();
        this.weights = new float[LaneMap.groups(bias.length, lanes) * size * size * size * lanes];
        IntStream.range(0, bias.length).parallel().forEach(c -> {
            for (int tap = 0; tap < size * size * size; tap++) {
                weights[at(c, tap)] = weight[c * size * size * size + tap];
            }
        });
    }

    private int at(int channel, int tap) {
        int lanes = kernels.depthwise().lanes();
        return row(channel / lanes, tap / size) + tap % size * lanes + channel % lanes;
    }

    /** Where the weights of a row of taps begin; rows count through all planes of the kernel. */
    private int row(int group, int row) {
        return (group * size * size + row) * size * kernels.depthwise().lanes();
    }

    /** The layer's state-dict name. */
    public String name() {
        return name;
    }

    /** Channels in and out. */
    public int channels() {
        return bias.length;
    }

    /** Taps along each axis. */
    public int size() {
        return size;
    }

    /** The weight of a channel's tap; taps count along w first, then h, then d. */
    public float weight(int channel, int tap) {
        return weights[at(channel, tap)];
    }

    /** What is added to a channel. */
    public float bias(int channel) {
        return bias[channel];
    }

    /**
     * Convolves a map.
     *
     * @param x of as many channels as this has
     * @param y takes the result; not {@code x}
     */
    public void apply(MapView x, MapView y) {
        int width = (x.w() + DepthwiseKernel.VOXELS - 1) / DepthwiseKernel.VOXELS * DepthwiseKernel.VOXELS;
        LaneMap map = LaneMap.of(x, kernels, size / 2, width + size - 1);
        int tiles = (x.h() + LINES - 1) / LINES;
        IntStream.range(0, x.d() * tiles).parallel().forEach(task -> {
            int first = task % tiles * LINES;
            new Tile(map, y, width, task / tiles, first, Math.min(LINES, x.h() - first)).run();
        });
    }

    /** Some lines of one plane. */
    private final class Tile {
        private final DepthwiseKernel kernel = kernels.depthwise();
        private final int lanes = kernel.lanes();
        private final LaneMap map;
        private final MapView y;
        private final int width;
        private final int plane;
        private final int first;
        private final int lines;
        private final float[] sums;

        /**
         * The lines from {@code first} on.
         *
         * @param width voxels of a row that are computed
         */
        Tile(LaneMap map, MapView y, int width, int plane, int first, int lines) {
            this.map = map;
            this.y = y;
            this.width = width;
            this.plane = plane;
            this.first = first;
            this.lines = lines;
            this.sums = new float[lines * width * lanes];
        }

        void run() {
            int channels = bias.length;
            float[] rows = new float[lines * y.w() * channels];
            for (int channel = 0; channel < channels; channel += lanes) {
                int n = Math.min(lanes, channels - channel);
                begin(channel, n);
                addPlanes(channel / lanes);
                for (int v = 0; v < lines * y.w(); v++) {
                    int from = (v / y.w() * width + v % y.w()) * lanes;
                    System.arraycopy(sums, from, rows, v * channels + channel, n);
                }
            }
            int at = (plane * y.h() + first) * y.w() * channels;
            y.rows(kernels.rows()).write(at, rows, rows.length);
        }

        private void begin(int channel, int n) {
            for (int v = 0; v < lines * width; v++) {
                System.arraycopy(bias, channel, sums, v * lanes, n);
            }
        }

        private void addPlanes(int group) {
            int reach = size / 2;
            for (int i = Math.max(0, reach - plane); i < Math.min(size, y.d() + reach - plane); i++) {
                for (int j = 0; j < size; j++) {
                    addLines(group, i, j, plane + i - reach);
                }
            }
        }

        /** One row of weights, for each line whose row of the map is there. */
        private void addLines(int group, int i, int j, int from) {
            int weight = row(group, i * size + j);
            for (int line = 0; line < lines; line++) {
                int h = first + line + j - size / 2;
                if (h >= 0 && h < y.h()) {
                    int at = map.at(group, from, h);
                    kernel.add(weights, weight, size, map.values(), at, sums, line * width * lanes, width);
                }
            }
        }
    }
}
