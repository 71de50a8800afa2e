package io.deformux.dicom.seg;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_INVALID;

import io.deformux.dicom.series.slice.Plane;
import io.deformux.dicom.series.slice.Vector3;
import io.deformux.failure.JobException;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;

/** Puts frames into voxels by where their pixels lie in the patient. Belongs to one thread. */
final class FramePlacement {
    /** How far, in voxels, a pixel may lie from the centre of its voxel: slices of a series may be as uneven. */
    private static final double TOLERANCE = 0.1;

    /** How far in mm: positions that were rounded to a tenth are off by as much. */
    private static final double ROUNDED = 0.1;

    /** No pixel is so far off that another voxel could be meant. */
    private static final double MOST = 0.4;

    private final Geometry geometry;
    private final Affine toVoxel;
    private final byte[] voxels;
    private final double[] tolerance;

    /** A placement into the voxels of that grid, which are changed. */
    FramePlacement(Geometry geometry, byte[] voxels) {
        this.geometry = geometry;
        this.toVoxel = geometry.affine().inverse();
        this.voxels = voxels;
        this.tolerance = geometry.affine().spacing();
        for (int axis = 0; axis < 3; axis++) {
            tolerance[axis] = Math.max(TOLERANCE, Math.min(MOST, ROUNDED / tolerance[axis]));
        }
    }

    /** How many voxels the grid has. */
    int voxels() {
        return voxels.length;
    }

    /** Puts the values of a frame that are not 0; {@code values} has the column fastest. */
    void put(Plane plane, int rows, int columns, int[] values) {
        Vector3 right = plane.alongRow().times(plane.columnSpacing());
        Vector3 down = plane.alongColumn().times(plane.rowSpacing());
        int[] origin = voxel(plane, right, down, 0, 0);
        int[] acrossColumns = step(origin, voxel(plane, right, down, columns - 1, 0), columns);
        int[] acrossRows = step(origin, voxel(plane, right, down, 0, rows - 1), rows);
        // Both corners are inside, and the step is the same everywhere: so is what lies between them.
        voxel(plane, right, down, columns - 1, rows - 1);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int value = values[row * columns + column];
                if (value != 0) {
                    put(origin, acrossColumns, column, acrossRows, row, value);
                }
            }
        }
    }

    private void put(int[] origin, int[] acrossColumns, int column, int[] acrossRows, int row, int value) {
        int at = geometry.shape()
                .index(
                        origin[0] + column * acrossColumns[0] + row * acrossRows[0],
                        origin[1] + column * acrossColumns[1] + row * acrossRows[1],
                        origin[2] + column * acrossColumns[2] + row * acrossRows[2]);
        if (voxels[at] != 0) {
            throw new JobException(DICOM_ATTRIBUTE_INVALID, "two segments or frames overlap");
        }
        voxels[at] = (byte) value;
    }

    private int[] voxel(Plane plane, Vector3 right, Vector3 down, int column, int row) {
        Vector3 at = plane.position().minus(right.times(-column)).minus(down.times(-row));
        double[] index = toVoxel.apply(-at.x(), -at.y(), at.z());
        int[] voxel = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            voxel[axis] = (int) Math.round(index[axis]);
            boolean onGrid = Math.abs(index[axis] - voxel[axis]) <= tolerance[axis];
            if (!onGrid || voxel[axis] < 0 || voxel[axis] >= geometry.shape().axis(axis)) {
                throw new JobException(DICOM_ATTRIBUTE_INVALID, "a frame does not lie on the grid");
            }
        }
        return voxel;
    }

    private static int[] step(int[] from, int[] to, int pixels) {
        int[] step = new int[3];
        for (int axis = 0; axis < 3 && pixels > 1; axis++) {
            step[axis] = (to[axis] - from[axis]) / (pixels - 1);
            if (step[axis] * (pixels - 1) != to[axis] - from[axis]) {
                throw new JobException(DICOM_ATTRIBUTE_INVALID, "a frame has other pixels than the grid");
            }
        }
        return step;
    }
}
