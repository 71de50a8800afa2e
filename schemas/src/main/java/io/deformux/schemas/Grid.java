package io.deformux.schemas;

import java.util.List;

/**
 * A voxel grid in patient space.
 *
 * @param shape number of voxels along the array axes (i, j, k)
 * @param spacingMm distance of neighbouring voxels along (i, j, k) in mm
 * @param affine 16 numbers, the 4 × 4 matrix row by row, from voxel indices (i, j, k, 1) to millimetres in RAS+
 */
public record Grid(List<Integer> shape, List<Double> spacingMm, List<Double> affine) {
    /** A grid; the lists are copied. */
    public Grid {
        shape = List.copyOf(shape);
        spacingMm = List.copyOf(spacingMm);
        affine = List.copyOf(affine);
    }
}
