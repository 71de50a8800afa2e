package io.deformux.dicom.series.voxel;

import io.deformux.dicom.series.slice.Slice;

/**
 * Tells padding from tissue of the same value by its place: padding fills an image up to its rectangle, so it reaches the
 * edge of the image through padding alone. What does not is measured. So water of 0 HU has no holes in images that are
 * padded with 0.
 */
final class BorderPadding {
    private final Slice slice;
    private final short[] samples;
    private final boolean[] found;
    private final int[] waiting;
    private int count;

    private BorderPadding(Slice slice, short[] samples) {
        this.slice = slice;
        this.samples = samples;
        this.found = new boolean[samples.length];
        this.waiting = new int[samples.length];
    }

    /** Which samples of a slice are padding that reaches its edge, neighbours in rows and columns being connected. */
    static boolean[] of(Slice slice, short[] samples) {
        BorderPadding padding = new BorderPadding(slice, samples);
        padding.fill(slice.format().rows(), slice.format().columns());
        return padding.found;
    }

    private void fill(int rows, int columns) {
        for (int i = 0; i < columns; i++) {
            visit(i);
            visit((rows - 1) * columns + i);
        }
        for (int j = 0; j < rows; j++) {
            visit(j * columns);
            visit(j * columns + columns - 1);
        }
        while (count > 0) {
            int at = waiting[--count];
            int i = at % columns;
            if (i > 0) {
                visit(at - 1);
            }
            if (i < columns - 1) {
                visit(at + 1);
            }
            if (at >= columns) {
                visit(at - columns);
            }
            if (at < samples.length - columns) {
                visit(at + columns);
            }
        }
    }

    private void visit(int at) {
        if (!found[at] && slice.isPadding(samples[at])) {
            found[at] = true;
            waiting[count++] = at;
        }
    }
}
