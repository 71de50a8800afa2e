package io.deformux.volume;

import java.util.Objects;

/**
 * Where a grid lies in the patient.
 *
 * @param shape the number of voxels per axis
 * @param affine voxel indices to RAS+ mm
 */
public record Geometry(Shape3 shape, Affine affine) {

    /** Checks that both parts are there. */
    public Geometry {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(affine, "affine");
    }

    /** The volume of one voxel in mL (1 mL = 1000 mm³). */
    public double voxelMillilitres() {
        return Math.abs(affine.determinant()) / 1000.0;
    }
}
