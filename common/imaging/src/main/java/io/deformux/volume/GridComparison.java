package io.deformux.volume;

import java.util.Locale;

/**
 * Whether two images lie on one grid, in mm, with the numbers for a message.
 *
 * @param one what the other is compared with
 * @param other of the same place, if all is well
 */
public record GridComparison(Geometry one, Geometry other) {
    /** How far the same voxel may lie apart, in voxels: tools write two or three decimals of a millimetre. */
    private static final double TOLERANCE = 0.2;

    /** Whether the shapes are the same and no voxel lies more than a fifth of the smallest voxel size apart. */
    public boolean same() {
        return one.shape().equals(other.shape()) && one.apart(other) <= TOLERANCE * one.smallestSpacing();
    }

    /** Shape and origin of one, as a message has them after "the image has". */
    public static String words(Geometry grid) {
        return String.format(
                Locale.ROOT,
                "%s voxels from (%.3f, %.3f, %.3f) mm on",
                grid.shape(),
                grid.affine().at(0, 3),
                grid.affine().at(1, 3),
                grid.affine().at(2, 3));
    }

    /** How far apart the voxels lie, behind a comma; nothing where the shapes differ. */
    public String distance() {
        return one.shape().equals(other.shape())
                ? String.format(Locale.ROOT, ", and their voxels lie up to %.3f mm apart", one.apart(other))
                : "";
    }
}
