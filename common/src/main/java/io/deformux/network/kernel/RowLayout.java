package io.deformux.network.kernel;

import java.util.Arrays;

/** How one row of a convolution's input lies in a {@link Slab}: all its channels, and zeros where the map ends. */
interface RowLayout {

    /** Floats of a row. */
    int length();

    /** From what an output voxel reads to what the next one along w reads. */
    int step();

    /**
     * Where an output voxel finds the value of a term, counted from its own place: the terms of a row are all pairs of
     * a tap along w and a channel, in the order of this layout.
     */
    int term(int i);

    /**
     * Lays out a row.
     *
     * @param row (w, c)
     * @param to takes {@link #length} values from {@code at} on
     */
    void lay(float[] row, int w, float[] to, int at);

    /** As the map lies: channels last; the terms likewise, channels fastest. */
    record ChannelsLast(ConvolutionShape shape, int voxels) implements RowLayout {
        @Override
        public int length() {
            return shape.reach(voxels) * shape.inputs();
        }

        @Override
        public int step() {
            return shape.stride() * shape.inputs();
        }

        @Override
        public int term(int i) {
            return i;
        }

        @Override
        public void lay(float[] row, int w, float[] to, int at) {
            int first = at + shape.padding() * shape.inputs();
            int end = at + length();
            int n = Math.min(w * shape.inputs(), end - first);
            Arrays.fill(to, at, first, 0);
            System.arraycopy(row, 0, to, first, n);
            Arrays.fill(to, first + n, end, 0);
        }
    }

    /**
     * Channel by channel, so that what neighbouring output voxels read is neighbours whatever the stride: of each channel
     * first every stride-th voxel, then those one further, and so on. The taps are the fastest of the terms.
     */
    record Planar(ConvolutionShape shape, int voxels) implements RowLayout {
        private int line() {
            return voxels + (shape.k() - 1) / shape.stride();
        }

        @Override
        public int length() {
            return line() * shape.stride() * shape.inputs();
        }

        @Override
        public int step() {
            return 1;
        }

        @Override
        public int term(int i) {
            int tap = i % shape.k();
            int channel = i / shape.k();
            return (channel * shape.stride() + tap % shape.stride()) * line() + tap / shape.stride();
        }

        @Override
        public void lay(float[] row, int w, float[] to, int at) {
            int stride = shape.stride();
            Arrays.fill(to, at, at + length(), 0);
            for (int phase = 0; phase < stride; phase++) {
                int first = Math.max(0, (shape.padding() - phase + stride - 1) / stride);
                int voxel = first * stride + phase - shape.padding();
                int n = Math.min(line() - first, (w - voxel + stride - 1) / stride);
                for (int c = 0; c < shape.inputs(); c++) {
                    int line = at + (c * stride + phase) * line() + first;
                    pick(row, voxel * shape.inputs() + c, step(stride), to, line, n);
                }
            }
        }

        private int step(int stride) {
            return stride * shape.inputs();
        }

        private static void pick(float[] row, int rowAt, int step, float[] to, int at, int n) {
            for (int j = 0; j < n; j++) {
                to[at + j] = row[rowAt + j * step];
            }
        }
    }
}
