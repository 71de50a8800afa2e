package io.deformux.nifti;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;

/**
 * A rotation as NIfTI's qform stores it: the unit quaternion a + bi + cj + dk with a &gt;= 0, of which b, c and d are
 * kept ({@code nifti1.h}, "QUATERNION REPRESENTATION OF ROTATION MATRIX").
 */
record Quaternion(double b, double c, double d) {
    /** How far b² + c² + d² may pass 1 by rounding to float32. */
    private static final double ROUNDING = 1e-5;

    /**
     * The quaternion of a rotation.
     *
     * @param r a 3x3 rotation matrix, row-major
     */
    static Quaternion of(double[] r) {
        // The largest of 4a², 4b², 4c², 4d² is taken as divisor: no digits are lost at half turns, where a = 0.
        double[] squares = {
            1 + r[0] + r[4] + r[8], 1 + r[0] - r[4] - r[8], 1 - r[0] + r[4] - r[8], 1 - r[0] - r[4] + r[8]
        };
        int largest = 0;
        for (int n = 1; n < 4; n++) {
            largest = squares[n] > squares[largest] ? n : largest;
        }
        double[] q =
                switch (largest) {
                    case 0 -> new double[] {squares[0], r[7] - r[5], r[2] - r[6], r[3] - r[1]};
                    case 1 -> new double[] {r[7] - r[5], squares[1], r[3] + r[1], r[2] + r[6]};
                    case 2 -> new double[] {r[2] - r[6], r[3] + r[1], squares[2], r[7] + r[5]};
                    default -> new double[] {r[3] - r[1], r[2] + r[6], r[7] + r[5], squares[3]};
                };
        double norm = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
        double scale = q[0] < 0 ? -1 / norm : 1 / norm;
        return new Quaternion(q[1] * scale, q[2] * scale, q[3] * scale);
    }

    /**
     * The rotation, 3x3 row-major.
     *
     * @throws JobException {@link FailureCode#AFFINE_INVALID} if this is not part of a unit quaternion
     */
    double[] rotation() {
        double square = b * b + c * c + d * d;
        if (!(square <= 1 + ROUNDING)) {
            throw new JobException(
                    FailureCode.AFFINE_INVALID,
                    "the header's qform is not a rotation (its quaternion is longer than 1): re-export the scan");
        }
        double a = Math.sqrt(Math.max(0, 1 - square));
        double two = 2 / Math.max(1, square);
        return new double[] {
            1 - two * (c * c + d * d),
            two * (b * c - a * d),
            two * (b * d + a * c),
            two * (b * c + a * d),
            1 - two * (b * b + d * d),
            two * (c * d - a * b),
            two * (b * d - a * c),
            two * (c * d + a * b),
            1 - two * (b * b + c * c)
        };
    }
}
