package io.deformux.network.kernel;

import java.util.stream.IntStream;

/**
 * A depthwise convolution with its weights, each channel by a kernel of its own that is the same size along all three axes: as
 * many voxels out as in, zeros around the map: {@code y[c] = bias[c] + sum over taps of weight * x[c]}, each sum in float and in
 * one fixed order. Holds no state of a call.
 *
 * <p>Direct: rows of weights, cut into runs of {@link DepthwiseKernel#TAPS}, meet rows of the map. A task makes some lines of one
 * plane after another, as many channels at a time as a vector has: its lines share what they read of a plane, and most of what a
 * plane needs is in a second-level cache since the one before it needed it too. Rows of taps that lie outside of the map cost
 * nothing. The last run of a size that is no multiple of {@code TAPS} is filled with zeros.
 */
public final class DepthwisePass {
    private static final int TAPS = DepthwiseKernel.TAPS;
    private static final int REACH = DepthwiseKernel.REACH;
    /** Lines of a task, which share what they read of a plane. */
    private static final int LINES = 8;
    /** Planes of a task. */
    private static final int PLANES = 8;

    private final Kernels kernels;
    private final String name;
    private final int size;
    private final int runs;
    private final int lanes;
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
        this.runs = (size + TAPS - 1) / TAPS;
        this.bias = bias.clone();
        this.lanes = kernels.depthwise().lanes();
        this.weights = new float[LaneMap.groups(bias.length, lanes) * lanes * size * size * runs * TAPS];
        IntStream.range(0, bias.length).parallel().forEach(c -> {
            for (int tap = 0; tap < size * size * size; tap++) {
                weights[at(c, tap)] = weight[c * size * size * size + tap];
            }
        });
    }

    private int at(int channel, int tap) {
        int w = tap % size;
        int place = place(channel / lanes, tap / size / size, w / TAPS, tap / size % size);
        return place + w % TAPS * lanes + channel % lanes;
    }

    /** Where a run of weights begins; those of one line after another lie side by side. */
    private int place(int group, int plane, int run, int line) {
        return (((group * size + plane) * runs + run) * size + line) * TAPS * lanes;
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
        LaneMap map = LaneMap.of(x, kernels);
        int tiles = (x.h() + LINES - 1) / LINES;
        int pieces = (x.d() + PLANES - 1) / PLANES;
        IntStream.range(0, tiles * pieces).parallel().forEach(task -> new Tile(map, y, task / pieces * LINES)
                .run(task % pieces * PLANES));
    }

    /** Some lines of a plane, of one plane after another. */
    private final class Tile {
        private final DepthwiseKernel kernel = kernels.depthwise();
        private final LaneMap map;
        private final MapView y;
        private final MapRows rows;
        private final int first;
        private final int lines;
        private final int row;
        private final float[] sums;
        private final float[] result;

        /** The lines from {@code first} on. */
        Tile(LaneMap map, MapView y, int first) {
            this.map = map;
            this.y = y;
            this.rows = y.rows(kernels.rows());
            this.first = first;
            this.lines = Math.min(LINES, y.h() - first);
            this.row = (y.w() + 2 * REACH) * lanes;
            this.sums = new float[lines * row];
            this.result = new float[lines * y.w() * bias.length];
        }

        /** Computes them in the planes from {@code from} on. */
        void run(int from) {
            for (int plane = from; plane < Math.min(y.d(), from + PLANES); plane++) {
                for (int channel = 0; channel < bias.length; channel += lanes) {
                    int n = Math.min(lanes, bias.length - channel);
                    begin(channel, n);
                    addPlanes(channel / lanes, plane);
                    end(channel, n);
                }
                rows.write((plane * y.h() + first) * y.w() * bias.length, result, result.length);
            }
        }

        /** Every sum begins with its channel's bias. */
        private void begin(int channel, int n) {
            System.arraycopy(bias, channel, sums, 0, n);
            for (int filled = lanes; filled < sums.length; filled *= 2) {
                System.arraycopy(sums, 0, sums, filled, Math.min(filled, sums.length - filled));
            }
        }

        private void end(int channel, int n) {
            for (int line = 0; line < lines; line++) {
                int from = line * row + REACH * lanes;
                int to = line * y.w() * bias.length + channel;
                for (int w = 0; w < y.w(); w++) {
                    System.arraycopy(sums, from + w * lanes, result, to + w * bias.length, n);
                }
            }
        }

        private void addPlanes(int group, int plane) {
            int top = plane - size / 2;
            for (int i = Math.max(0, -top); i < Math.min(size, y.d() - top); i++) {
                addPlane(group, i, top + i);
            }
        }

        /** What one plane of the map and one of the kernel give. */
        private void addPlane(int group, int i, int d) {
            for (int line = 0; line < lines; line++) {
                int top = first + line - size / 2;
                int j = Math.max(0, -top);
                int rows = Math.min(size, y.h() - top) - j;
                for (int run = 0; run < runs; run++) {
                    addRun(place(group, i, run, j), run, map.at(group, d, top + j), rows, line * row);
                }
            }
        }

        /** A run of taps, with those voxels of each row that it meets on its way over the line. */
        private void addRun(int weightsAt, int run, int valuesAt, int rows, int sumsAt) {
            int before = run * TAPS - size / 2;
            int from = Math.max(0, before);
            int to = Math.min(y.w(), y.w() + before + REACH);
            if (from < to) {
                kernel.add(
                        weights,
                        weightsAt,
                        map.values(),
                        valuesAt + from * lanes,
                        map.row(),
                        rows,
                        to - from,
                        sums,
                        sumsAt + (from - before) * lanes);
            }
        }
    }
}
