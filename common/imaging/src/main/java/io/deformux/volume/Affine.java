package io.deformux.volume;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.util.Arrays;

/**
 * A 4x4 matrix from voxel indices (i, j, k, 1) to RAS+ world coordinates in mm (x grows towards the patient's right,
 * y towards anterior, z towards superior), row-major; the last row is (0, 0, 0, 1). Immutable.
 */
public final class Affine {
    private final double[] m;

    private Affine(double[] m) {
        this.m = m;
    }

    /**
     * An affine from its first three rows or all four, row-major (12 or 16 values).
     *
     * @throws JobException {@link FailureCode#AFFINE_INVALID} if a value is not finite or the matrix is singular
     */
    public static Affine of(double... rows) {
        if (rows.length != 12 && rows.length != 16) {
            throw new IllegalArgumentException("12 or 16 values needed, not " + rows.length);
        }
        double[] m = Arrays.copyOf(rows, 16);
        m[12] = m[13] = m[14] = 0;
        m[15] = 1;
        for (double v : m) {
            if (!Double.isFinite(v)) {
                throw new JobException(
                        FailureCode.AFFINE_INVALID, "the affine has a value that is not finite: re-export the scan");
            }
        }
        Affine affine = new Affine(m);
        double det = affine.determinant();
        if (!Double.isFinite(det) || Math.abs(det) < 1e-12) {
            throw new JobException(
                    FailureCode.AFFINE_INVALID,
                    "the affine cannot be inverted (two voxel axes point the same way or a spacing is 0): re-export the scan");
        }
        return affine;
    }

    /** A matrix with these spacings (mm) on the diagonal and the origin at voxel (0, 0, 0). */
    public static Affine scaling(double si, double sj, double sk) {
        return of(si, 0, 0, 0, 0, sj, 0, 0, 0, 0, sk, 0);
    }

    /** The element in {@code row} and {@code column}, both from 0 to 3. */
    public double at(int row, int column) {
        return m[row * 4 + column];
    }

    /** All 16 elements, row-major, a new array. */
    public double[] toArray() {
        return m.clone();
    }

    /** The matrix product {@code this * right}: apply {@code right} first. */
    public Affine times(Affine right) {
        double[] r = new double[16];
        for (int row = 0; row < 4; row++) {
            for (int col = 0; col < 4; col++) {
                double sum = 0;
                for (int n = 0; n < 4; n++) {
                    sum += m[row * 4 + n] * right.m[n * 4 + col];
                }
                r[row * 4 + col] = sum;
            }
        }
        return of(r);
    }

    /** The inverse: RAS+ mm to voxel indices. */
    public Affine inverse() {
        double a = m[0], b = m[1], c = m[2], d = m[4], e = m[5], f = m[6], g = m[8], h = m[9], i = m[10];
        double det = determinant();
        double[] r = {
            (e * i - f * h) / det, (c * h - b * i) / det, (b * f - c * e) / det, 0,
            (f * g - d * i) / det, (a * i - c * g) / det, (c * d - a * f) / det, 0,
            (d * h - e * g) / det, (b * g - a * h) / det, (a * e - b * d) / det, 0
        };
        for (int row = 0; row < 3; row++) {
            r[row * 4 + 3] = -(r[row * 4] * m[3] + r[row * 4 + 1] * m[7] + r[row * 4 + 2] * m[11]);
        }
        return of(r);
    }

    /** The image of a point (x, y, z), a new array of three values. */
    public double[] apply(double x, double y, double z) {
        double[] r = new double[3];
        for (int row = 0; row < 3; row++) {
            r[row] = m[row * 4] * x + m[row * 4 + 1] * y + m[row * 4 + 2] * z + m[row * 4 + 3];
        }
        return r;
    }

    /** The determinant of the 3x3 part: the signed volume of a voxel in mm³. */
    public double determinant() {
        return m[0] * (m[5] * m[10] - m[6] * m[9])
                - m[1] * (m[4] * m[10] - m[6] * m[8])
                + m[2] * (m[4] * m[9] - m[5] * m[8]);
    }

    /** The distance in mm between neighbouring voxel centres along each axis (the column norms). */
    public double[] spacing() {
        double[] s = new double[3];
        for (int col = 0; col < 3; col++) {
            s[col] = Math.sqrt(m[col] * m[col] + m[4 + col] * m[4 + col] + m[8 + col] * m[8 + col]);
        }
        return s;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Affine that && Arrays.equals(m, that.m);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(m);
    }

    @Override
    public String toString() {
        return Arrays.toString(m);
    }
}
