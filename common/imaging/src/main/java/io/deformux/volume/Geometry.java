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

    /** The same voxels in space with the order along one axis reversed. */
    public Geometry reversed(int axis) {
        double[] m = affine.toArray();
        for (int row = 0; row < 3; row++) {
            m[4 * row + 3] += m[4 * row + axis] * (shape.axis(axis) - 1);
            m[4 * row + axis] = 0 - m[4 * row + axis];
        }
        return new Geometry(shape, Affine.of(m));
    }

    /** The affine as NIfTI-1 and the reference hold it, in single precision. */
    public Geometry inSinglePrecision() {
        double[] m = affine.toArray();
        for (int n = 0; n < m.length; n++) {
            m[n] = (float) m[n];
        }
        return new Geometry(shape, Affine.of(m));
    }

    /** The volume of one voxel in mL (1 mL = 1000 mm³). */
    public double voxelMillilitres() {
        return Math.abs(affine.determinant()) / 1000.0;
    }
}
