package io.deformux.transform;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.IndexMap;
import io.deformux.volume.Shape3;
import java.util.List;

/** The grid that resampling to a wanted voxel spacing gives (MONAI 0.9: Spacing). */
final class Spacing {
    /** Below this change (mm, or voxels of the map between the grids) the data stay untouched. */
    private static final double TOLERANCE = 1e-3;

    private Spacing() {}

    /**
     * The grid with the same axis directions and voxel (0, 0, 0) at the same place, but spacing {@code mm}. Axes that
     * are not at right angles are straightened one after the other, the first keeping its direction (Gram-Schmidt). It
     * has as many voxels along an axis as the scan extends between its outermost voxel centres, rounded half to even.
     *
     * @throws JobException {@link FailureCode#INPUT_TOO_LARGE} if it would have more than {@code maxVoxels}
     */
    static Geometry resampled(Geometry source, List<Double> mm, long maxVoxels) {
        double[][] axes = new double[3][];
        double[] extent = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double[] column = column(source.affine(), axis);
            double[] direction = column;
            for (int before = 0; before < axis; before++) {
                direction = minus(direction, axes[before], dot(direction, axes[before]));
            }
            axes[axis] = scaled(direction, 1 / Math.sqrt(dot(direction, direction)));
            for (int n = 0; n <= axis; n++) {
                extent[n] += Math.abs(dot(axes[n], column)) * (source.shape().axis(axis) - 1);
            }
        }
        double[] size = new double[3];
        double[] rows = new double[12];
        for (int axis = 0; axis < 3; axis++) {
            size[axis] = Math.rint(extent[axis] / mm.get(axis) + 1);
            for (int row = 0; row < 3; row++) {
                rows[row * 4 + axis] = axes[axis][row] * mm.get(axis);
            }
            rows[axis * 4 + 3] = source.affine().at(axis, 3);
        }
        if (size[0] * size[1] * size[2] > maxVoxels) {
            throw new JobException(
                    FailureCode.INPUT_TOO_LARGE,
                    "resampled to " + mm + " mm the scan would have " + (long) size[0] + "x" + (long) size[1] + "x"
                            + (long) size[2] + " voxels, more than the limit of " + maxVoxels
                            + ": check its spacing, or raise the limit");
        }
        return new Geometry(new Shape3((int) size[0], (int) size[1], (int) size[2]), Affine.of(rows));
    }

    /** Whether the two grids are so close that resampling from one to the other is left out. */
    static boolean hardlyDiffer(Geometry source, Geometry target) {
        if (!source.shape().equals(target.shape())) {
            return false;
        }
        return within(source.affine(), target.affine())
                || within(IndexMap.between(target, source).matrix(), Affine.scaling(1, 1, 1));
    }

    private static boolean within(Affine a, Affine b) {
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                if (Math.abs(a.at(row, column) - b.at(row, column)) > TOLERANCE) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double[] column(Affine affine, int axis) {
        return new double[] {affine.at(0, axis), affine.at(1, axis), affine.at(2, axis)};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] minus(double[] a, double[] b, double times) {
        return new double[] {a[0] - times * b[0], a[1] - times * b[1], a[2] - times * b[2]};
    }

    private static double[] scaled(double[] a, double by) {
        return new double[] {a[0] * by, a[1] * by, a[2] * by};
    }
}
