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
 * <p>Labels are collected in the order of the oriented axes, so that writing is sequential whatever the stored order, and
 * brought into stored order at the end. Twin: {@link ShearedRestoration}.
 */
final class SeparableRestoration extends LabelRestoration {
    private static final int ROWS_PER_TASK = 32;

    private final LinearAxis[] positions = new LinearAxis[3];
    private final IndexMap map;
    private final Shape3 shape;
    private final byte[] labels;
    private final int firstColumn;
    private final int columns;
    private ExpandedPlane below;
    private ExpandedPlane above;
    /** The next of {@code positions[0]} to be written. */
    private int next;

    SeparableRestoration(Grids grids, CropBox box, int classes, LabelRule rule, IndexMap map) {
        super(grids, box, classes, rule);
        this.map = map;
        for (int axis = 0; axis < 3; axis++) {
            positions[axis] = positions(axis);
        }
        shape = new Shape3(positions[0].count(), positions[1].count(), positions[2].count());
        labels = new byte[shape.length()];
        firstColumn = firstAtOrAbove(positions[2], box.w() - 1);
        columns = firstAtOrAbove(positions[2], box.end(2)) - firstColumn;
        below = new ExpandedPlane(box.shape().h(), classes, columns);
        above = new ExpandedPlane(box.shape().h(), classes, columns);
        next = firstAtOrAbove(positions[0], box.d() - 1);
    }

    /** Where the scan's voxels lie along an oriented axis, ascending. */
    private LinearAxis positions(int axis) {
        Affine m = map.matrix();
        int driver = map.drivingAxis(axis);
        int count = grids().source().shape().axis(driver);
        double step = m.at(axis, driver);
        double start = m.at(axis, 3) + (reversed(axis) ? step * (count - 1) : 0);
        return LinearAxis.of(
                count, start, Math.abs(step), grids().oriented().shape().axis(axis));
    }

    private boolean reversed(int axis) {
        return map.matrix().at(axis, map.drivingAxis(axis)) < 0;
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
    byte[] complete() {
        above.clear();
        writeUpTo(box().end(0));
        return inStoredOrder();
    }

    private byte[] inStoredOrder() {
        int[] strides = {shape.h() * shape.w(), shape.w(), 1};
        int[] step = new int[3];
        int first = 0;
        for (int axis = 0; axis < 3; axis++) {
            step[map.drivingAxis(axis)] = reversed(axis) ? -strides[axis] : strides[axis];
            first += reversed(axis) ? (shape.axis(axis) - 1) * strides[axis] : 0;
        }
        if (Arrays.equals(step, strides)) {
            return labels;
        }
        int origin = first;
        Shape3 stored = grids().source().shape();
        byte[] ordered = new byte[stored.length()];
        IntStream.range(0, stored.d()).parallel().forEach(i -> {
            for (int j = 0; j < stored.h(); j++) {
                int from = origin + i * step[0] + j * step[1];
                int to = stored.index(i, j, 0);
                for (int k = 0; k < stored.w(); k++) {
                    ordered[to + k] = labels[from + k * step[2]];
                }
            }
        });
        return ordered;
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
                System.arraycopy(label, 0, labels, shape.index(i, j, firstColumn), columns);
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
            if (rule().ofRegions()) {
                byte mark = (byte) rule().labelOf(c);
                for (int k = 0; k < value.length; k++) {
                    label[k] = value[k] > largest[k] ? mark : label[k];
                }
                return;
            }
            for (int k = 0; k < value.length; k++) {
                if (value[k] > largest[k]) {
                    largest[k] = value[k];
                    label[k] = (byte) c;
                }
            }
        }
    }
}
