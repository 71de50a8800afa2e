package io.deformux.volume;

import java.util.Optional;

/**
 * Another image of a scan on the grid of the first one: as it is where both grids are the same, else resampled, in mm.
 *
 * @param volume its values on the first one's grid
 * @param resampled whether it lay on another grid
 * @param covered the share of the first one's grid that it covers, 0 to 1; beyond it the values of its border were taken
 */
public record AlignedVolume(Volume volume, boolean resampled, double covered) {
    /** So many places along each axis tell how much of the first image another one covers. */
    private static final int PLACES = 24;

    /** Aligns another image; empty if the two have no place in common. */
    public static Optional<AlignedVolume> of(Volume first, Volume other) {
        if (new GridComparison(first.geometry(), other.geometry()).same()) {
            return Optional.of(new AlignedVolume(new Volume(first.geometry(), other.voxels()), false, 1));
        }
        double covered = covered(first.geometry(), other.geometry());
        return covered == 0
                ? Optional.empty()
                : Optional.of(new AlignedVolume(
                        Resampler.trilinear(other, first.geometry()).volume(), true, covered));
    }

    /** The grids of both for a message, behind the name of the other one. */
    public static String words(Geometry first, Geometry other) {
        return "has " + GridComparison.words(other) + ", the scan's first has " + GridComparison.words(first)
                + new GridComparison(first, other).distance();
    }

    /** The share of one grid's places that lie in a voxel of another one. */
    private static double covered(Geometry grid, Geometry other) {
        Affine toOther = IndexMap.between(grid, other).matrix();
        Shape3 shape = grid.shape();
        int inside = 0;
        for (int i = 0; i < PLACES; i++) {
            for (int j = 0; j < PLACES; j++) {
                for (int k = 0; k < PLACES; k++) {
                    double[] at = toOther.apply(place(i, shape.d()), place(j, shape.h()), place(k, shape.w()));
                    inside += isInside(at, other.shape()) ? 1 : 0;
                }
            }
        }
        return inside / Math.pow(PLACES, 3);
    }

    /** From the first voxel to the last. */
    private static double place(int n, int size) {
        return n * (size - 1) / (PLACES - 1.0);
    }

    private static boolean isInside(double[] at, Shape3 shape) {
        for (int axis = 0; axis < 3; axis++) {
            if (at[axis] < -0.5 || at[axis] > shape.axis(axis) - 0.5) {
                return false;
            }
        }
        return true;
    }
}
