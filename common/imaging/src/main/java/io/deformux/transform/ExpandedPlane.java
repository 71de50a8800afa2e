package io.deformux.transform;

import io.deformux.volume.LinearAxis;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One plane of probabilities with its rows already interpolated to the scan's voxels: (rows + 1, classes, columns). The
 * last row is all 0 and stands for every row outside the crop box.
 */
final class ExpandedPlane {
    private final int rows;
    private final int classes;
    private final int columns;
    private final float[] values;
    private final boolean[] contends;

    /** A plane of zeros. */
    ExpandedPlane(int rows, int classes, int columns) {
        this.rows = rows;
        this.classes = classes;
        this.columns = columns;
        this.values = new float[(rows + 1) * classes * columns];
        this.contends = new boolean[(rows + 1) * classes];
    }

    /** Makes it a plane of zeros again. */
    void clear() {
        Arrays.fill(values, 0);
        Arrays.fill(contends, false);
    }

    /**
     * Fills the plane, on all cores.
     *
     * @param probabilities (classes, rows, width)
     * @param width the columns of the cropped image
     * @param start the first column of the crop box in the oriented grid
     * @param positions where the scan's voxels lie in the oriented grid
     * @param first the first of {@code positions} that is wanted
     */
    void fill(float[] probabilities, int width, int start, LinearAxis positions, int first) {
        IntStream.range(0, rows).parallel().forEach(row -> {
            float[] padded = new float[width + 2];
            for (int c = 0; c < classes; c++) {
                int from = (c * rows + row) * width;
                contends[row * classes + c] = c > 0 && exceeds(probabilities, from, row * width, width);
                System.arraycopy(probabilities, from, padded, 1, width);
                int to = offset(row, c);
                for (int k = 0; k < columns; k++) {
                    int low = positions.low(first + k) - start + 1;
                    float fraction = (float) positions.fraction(first + k);
                    values[to + k] = (1 - fraction) * padded[low] + fraction * padded[low + 1];
                }
            }
        });
    }

    private static boolean exceeds(float[] probabilities, int from, int background, int width) {
        for (int k = 0; k < width; k++) {
            if (probabilities[from + k] > probabilities[background + k]) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether class {@code c} is above the background anywhere in the row. If it is not in any of the rows that are
     * blended, it is not above the background in the blend either: the same non-negative weights apply to both, and
     * rounding keeps the order. So it cannot win, and need not be computed.
     */
    boolean contends(int row, int c) {
        return contends[row * classes + c];
    }

    /** Where in {@link #values} class {@code c} of row {@code row} starts. */
    int offset(int row, int c) {
        return (row * classes + c) * columns;
    }

    float[] values() {
        return values;
    }
}
