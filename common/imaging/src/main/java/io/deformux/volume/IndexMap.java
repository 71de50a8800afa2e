package io.deformux.volume;

/**
 * Takes voxel indices of one grid to (fractional) voxel indices of another, both lying in the same patient.
 *
 * @param matrix the affine map of indices (i, j, k, 1)
 */
public record IndexMap(Affine matrix) {
    /**
     * How far, in voxels over the whole grid, a position may depend on an axis that does not drive it. Affines stored
     * as float32 have columns that are orthogonal only to about 1e-7, which over 500 voxels is half of this.
     */
    private static final double SHEAR_TOLERANCE = 1e-4;

    /** The map from the indices of {@code from} to those of {@code to}: world positions stay the same. */
    public static IndexMap between(Geometry from, Geometry to) {
        return new IndexMap(to.affine().inverse().times(from.affine()));
    }

    /** This map followed by {@code next}. */
    public IndexMap then(IndexMap next) {
        return new IndexMap(next.matrix.times(matrix));
    }

    /** The axis of the first grid along which position {@code axis} of the second changes most per voxel. */
    public int drivingAxis(int axis) {
        int driver = 0;
        for (int from = 1; from < 3; from++) {
            if (Math.abs(matrix.at(axis, from)) > Math.abs(matrix.at(axis, driver))) {
                driver = from;
            }
        }
        return driver;
    }

    /**
     * Whether every axis of the second grid is driven by its own axis of the first alone, so that resampling can be done
     * one axis at a time: true unless there is shear or a rotation between the grids.
     *
     * @param from the size of the first grid
     */
    public boolean separable(Shape3 from) {
        boolean[] taken = new boolean[3];
        for (int axis = 0; axis < 3; axis++) {
            int driver = drivingAxis(axis);
            if (taken[driver]) {
                return false;
            }
            taken[driver] = true;
            double drift = 0;
            for (int other = 0; other < 3; other++) {
                if (other != driver) {
                    drift += Math.abs(matrix.at(axis, other)) * (from.axis(other) - 1);
                }
            }
            if (drift > SHEAR_TOLERANCE) {
                return false;
            }
        }
        return true;
    }
}
