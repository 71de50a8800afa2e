package io.deformux.network.kernel;

import java.util.Arrays;

/**
 * The input rows that some planes and lines of output voxels read, as floats, with zeros where the map ends: (planes,
 * lines, w, {@link ConvolutionShape#channels}). Belongs to one thread.
 */
final class Slab {
    private final ConvolutionShape shape;
    private final int lines;
    private final int length;
    private final float[] values;
    private final float[] row;

    /**
     * Memory for output blocks of a size.
     *
     * @param width output voxels of a row
     * @param x the input
     */
    Slab(ConvolutionShape shape, int planes, int lines, int width, MapView x) {
        this.shape = shape;
        this.lines = rows(lines, shape.foldH(), shape);
        this.length = rowLength(shape, width);
        // A pair of lines of which only one exists reads one line too many.
        this.values = new float[(rows(planes, shape.foldD(), shape) * this.lines + shape.stride()) * length];
        this.row = new float[x.w() * x.c()];
    }

    /** Floats of a row for so many output voxels. */
    static int rowLength(ConvolutionShape shape, int width) {
        return shape.reach(width) * shape.channels();
    }

    /** Floats of a slab. */
    static long size(ConvolutionShape shape, int planes, int lines, int width) {
        return (long) rows(planes, shape.foldD(), shape) * rows(lines, shape.foldH(), shape) * rowLength(shape, width);
    }

    /** Rows for so many of the output: those that they read, or where taps are folded one for each. */
    private static int rows(int outputs, int fold, ConvolutionShape shape) {
        return fold == 1 ? shape.reach(outputs) : outputs;
    }

    /** Copies what a block reads. */
    void fill(MapView x, MapRows rows, ConvolutionBlock block) {
        for (int i = 0; i < rows(block.planes(), shape.foldD(), shape); i++) {
            for (int j = 0; j < rows(block.lines(), shape.foldH(), shape); j++) {
                fillRow(
                        x,
                        rows,
                        block.d() * shape.stride() - shape.padding() + first(i, shape.foldD()),
                        block.h() * shape.stride() - shape.padding() + first(j, shape.foldH()),
                        (i * lines + j) * length);
            }
        }
    }

    /** Fills a row whose first tap reads this row of the map. */
    private void fillRow(MapView x, MapRows rows, int d, int h, int at) {
        int taps = shape.foldD() * shape.foldH();
        int begin = at + shape.padding() * shape.channels();
        if (taps == 1 && d >= 0 && d < x.d() && h >= 0 && h < x.h()) {
            int end = Math.min(begin + row.length, at + length);
            Arrays.fill(values, at, begin, 0);
            rows.read((d * x.h() + h) * row.length, values, begin, end - begin);
            Arrays.fill(values, end, at + length, 0);
            return;
        }
        Arrays.fill(values, at, at + length, 0);
        for (int tap = 0; tap < taps; tap++) {
            int planeD = d + tap / shape.foldH();
            int lineH = h + tap % shape.foldH();
            if (planeD >= 0 && planeD < x.d() && lineH >= 0 && lineH < x.h()) {
                rows.read((planeD * x.h() + lineH) * row.length, row, row.length);
                copy(begin, at + length, tap, taps);
            }
        }
    }

    private int first(int index, int fold) {
        return fold == 1 ? index : index * shape.stride();
    }

    /** Lays what has been read between the rows of the other folded taps. */
    private void copy(int at, int end, int tap, int taps) {
        int n = Math.min(row.length, (end - at) / taps);
        int inputs = shape.inputs();
        for (int c = 0; c < inputs; c++) {
            int to = at + tap * inputs + c;
            for (int from = c; from < n; from += inputs) {
                values[to] = row[from];
                to += taps * inputs;
            }
        }
    }

    float[] values() {
        return values;
    }

    /** Where the first voxel of an output row begins to read; its planes and lines count from the block's. */
    int place(int plane, int line) {
        int i = shape.foldD() == 1 ? plane * shape.stride() : plane;
        int j = shape.foldH() == 1 ? line * shape.stride() : line;
        return (i * lines + j) * length;
    }

    /** How much further on the next voxel does. */
    int step() {
        return shape.stride() * shape.channels();
    }

    /** How much further on a run begins that is so many planes and lines away. */
    int shift(int d, int h) {
        return (d * lines + h) * length;
    }
}
