package io.deformux.transform;

import io.deformux.volume.Affine;
import io.deformux.volume.IndexMap;
import io.deformux.volume.LinearAxis;
import io.deformux.volume.Shape3;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Restoration one axis at a time, for grids with parallel axes. Of the probabilities only two neighbouring planes are
 * kept, each with its rows already interpolated along the last axis. A row of labels then blends four such rows per class
 * (contiguous memory, vectorised) and keeps the running maximum; classes that cannot win in a row are left out.
 *
 * <p>All positions are counted along RAS+ axes, ascending; where the scan's axis runs the other way the labels are
 * written with a negative stride. Twin: {@link ShearedRestoration}.
 */
final class SeparableRestoration extends LabelRestoration {
    private static final int ROWS_PER_TASK = 32;

    private final LinearAxis[] positions = new LinearAxis[3];
    private final int[] stride = new int[3];
    private final int origin;
    private final int firstColumn;
    private final int columns;
    private ExpandedPlane below;
    private ExpandedPlane above;
    /** The next of {@code positions[0]} to be written. */
    private int next;

    SeparableRestoration(Grids grids, CropBox box, int classes, IndexMap map) {
        super(grids, box, classes);
        Shape3 scan = grids.source().shape();
        Shape3 oriented = grids.oriented().shape();
        Affine m = map.matrix();
        int[] strides = {scan.h() * scan.w(), scan.w(), 1};
        int first = 0;
        for (int axis = 0; axis < 3; axis++) {
            int driver = map.drivingAxis(axis);
            int count = scan.axis(driver);
            double step = m.at(axis, driver);
            boolean reversed = step < 0;
            double start = m.at(axis, 3) + (reversed ? step * (count - 1) : 0);
            positions[axis] = LinearAxis.of(count, start, Math.abs(step), oriented.axis(axis));
            stride[axis] = reversed ? -strides[driver] : strides[driver];
            first += reversed ? strides[driver] * (count - 1) : 0;
        }
        origin = first;
        firstColumn = firstAtOrAbove(positions[2], box.w() - 1);
        columns = firstAtOrAbove(positions[2], box.end(2)) - firstColumn;
        below = new ExpandedPlane(box.shape().h(), classes, columns);
        above = new ExpandedPlane(box.shape().h(), classes, columns);
        next = firstAtOrAbove(positions[0], box.d() - 1);
    }

    private static int firstAtOrAbove(LinearAxis axis, int voxel) {
        int n = 0;
        while (n < axis.count() && axis.low(n) < voxel) {
            n++;
        }
        return n;
    }

    @Override
    void restore(int plane, float[] probabilities) {
        above.fill(probabilities, box().shape().w(), box().w(), positions[2], firstColumn);
        writeUpTo(box().d() + plane);
        ExpandedPlane spent = below;
        below = above;
        above = spent;
    }

    @Override
    void complete() {
        above.clear();
        writeUpTo(box().end(0));
    }

    /** Writes the labels that lie between {@link #below} and {@link #above}, the latter being plane {@code plane}. */
    private void writeUpTo(int plane) {
        int from = next;
        next = Math.max(from, firstAtOrAbove(positions[0], plane));
        int first = firstAtOrAbove(positions[1], box().h() - 1);
        int rows = firstAtOrAbove(positions[1], box().end(1)) - first;
        int tasksPerPlane = (rows + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
        IntStream.range(0, (next - from) * tasksPerPlane).parallel().forEach(task -> {
            int i = from + task / tasksPerPlane;
            int start = task % tasksPerPlane * ROWS_PER_TASK;
            RowWriter writer = new RowWriter(i);
            for (int j = start; j < Math.min(start + ROWS_PER_TASK, rows); j++) {
                writer.write(first + j);
            }
        });
    }

    /** Writes rows of labels of one scan plane; scratch space of one task. */
    private final class RowWriter {
        private final int i;
        private final ExpandedPlane low = below;
        private final ExpandedPlane high = above;
        private final float fractionD;
        private final float[] value = new float[columns];
        private final float[] largest = new float[columns];
        private final byte[] label = new byte[columns];

        RowWriter(int i) {
            this.i = i;
            this.fractionD = (float) positions[0].fraction(i);
        }

        void write(int j) {
            int row = inCrop(positions[1].low(j) - box().h());
            int nextRow = inCrop(positions[1].low(j) + 1 - box().h());
            float fractionH = (float) positions[1].fraction(j);
            boolean backgroundOnly = true;
            for (int c = 1; c < classes(); c++) {
                if (contends(row, c) || contends(nextRow, c)) {
                    if (backgroundOnly) {
                        blend(0, row, nextRow, fractionH, largest);
                        Arrays.fill(label, (byte) 0);
                        backgroundOnly = false;
                    }
                    blend(c, row, nextRow, fractionH, value);
                    keepLarger(c);
                }
            }
            if (!backgroundOnly) {
                int at = origin + i * stride[0] + j * stride[1] + firstColumn * stride[2];
                for (int k = 0; k < columns; k++) {
                    labels()[at + k * stride[2]] = label[k];
                }
            }
        }

        private int inCrop(int row) {
            int rows = box().shape().h();
            return row >= 0 && row < rows ? row : rows;
        }

        private boolean contends(int row, int c) {
            return low.contends(row, c) || high.contends(row, c);
        }

        private void blend(int c, int row, int nextRow, float fractionH, float[] sum) {
            float[] a = low.values();
            float[] b = high.values();
            int a0 = low.offset(row, c);
            int a1 = low.offset(nextRow, c);
            int b0 = high.offset(row, c);
            int b1 = high.offset(nextRow, c);
            float wa0 = (1 - fractionD) * (1 - fractionH);
            float wa1 = (1 - fractionD) * fractionH;
            float wb0 = fractionD * (1 - fractionH);
            float wb1 = fractionD * fractionH;
            for (int k = 0; k < sum.length; k++) {
                sum[k] = wa0 * a[a0 + k] + wa1 * a[a1 + k] + wb0 * b[b0 + k] + wb1 * b[b1 + k];
            }
        }

        private void keepLarger(int c) {
            for (int k = 0; k < value.length; k++) {
                if (value[k] > largest[k]) {
                    largest[k] = value[k];
                    label[k] = (byte) c;
                }
            }
        }
    }
}
