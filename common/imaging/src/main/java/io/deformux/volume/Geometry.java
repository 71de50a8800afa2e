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

    /** How far apart (mm) two grids of the same shape have the same voxel at most, which is at a corner. */
    public double apart(Geometry other) {
        double most = 0;
        for (int corner = 0; corner < 8; corner++) {
            double squares = 0;
            for (int row = 0; row < 3; row++) {
                double difference = affine.at(row, 3) - other.affine.at(row, 3);
                for (int axis = 0; axis < 3; axis++) {
                    int index = (corner >> axis & 1) * (shape.axis(axis) - 1);
                    difference += index * (affine.at(row, axis) - other.affine.at(row, axis));
                }
                squares += difference * difference;
            }
            most = Math.max(most, Math.sqrt(squares));
        }
        return most;
    }

    /** The smallest size of a voxel along an axis, in mm. */
    public double smallestSpacing() {
        double smallest = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            smallest = Math.min(
                    smallest, Math.hypot(Math.hypot(affine.at(0, axis), affine.at(1, axis)), affine.at(2, axis)));
        }
        return smallest;
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
