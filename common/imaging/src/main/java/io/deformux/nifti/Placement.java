package io.deformux.nifti;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import java.util.Optional;

/** Where a header puts its grid: NIfTI's method 3 (sform), else 2 (qform), else 1 (voxel sizes only). */
final class Placement {
    /** In mm; a tenth of the finest voxels in use. */
    private static final double QFORM_TOLERANCE = 0.05;

    private Placement() {}

    /**
     * The affine of an image, RAS+ mm. An sform of nothing but zeros places nothing: some writers set its code and not
     * its rows, and mean the qform. Without sform and qform it is what nibabel takes: the first axis runs to the left and
     * the centre of the grid lies at the origin.
     *
     * @throws JobException {@link FailureCode#AFFINE_INVALID} if it is not finite or cannot be inverted
     */
    static Affine affine(RawHeader raw, Shape3 shape) {
        if (raw.sformCode() > 0 && !(raw.qformCode() > 0 && hasZeroMatrix(raw.sform()))) {
            return Affine.of(raw.sform());
        }
        double[] s = spacing(raw.pixdim());
        if (raw.qformCode() > 0) {
            return qform(raw.pixdim()[0], s, raw.qform());
        }
        return Affine.of(
                -s[0],
                0,
                0,
                s[0] * (shape.d() - 1) / 2,
                0,
                s[1],
                0,
                -s[1] * (shape.h() - 1) / 2,
                0,
                0,
                s[2],
                -s[2] * (shape.w() - 1) / 2);
    }

    private static boolean hasZeroMatrix(double[] sform) {
        for (int n = 0; n < sform.length; n++) {
            boolean offset = n % 4 == 3;
            if (!offset && sform[n] != 0) {
                return false;
            }
        }
        return true;
    }

    private static double[] spacing(double[] pixdim) {
        double[] s = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            s[axis] = Math.abs(pixdim[axis + 1]);
            if (s[axis] == 0 || !Double.isFinite(s[axis])) {
                throw new JobException(
                        FailureCode.AFFINE_INVALID,
                        "the header places the scan by its voxel sizes, and that of axis " + (axis + 1)
                                + " is 0 or not a number: re-export the scan");
            }
        }
        return s;
    }

    private static Affine qform(double handedness, double[] s, double[] q) {
        double[] r = new Quaternion(q[0], q[1], q[2]).rotation();
        double s2 = handedness < 0 ? -s[2] : s[2];
        return Affine.of(
                r[0] * s[0],
                r[1] * s[1],
                r[2] * s2,
                q[3],
                r[3] * s[0],
                r[4] * s[1],
                r[5] * s2,
                q[4],
                r[6] * s[0],
                r[7] * s[1],
                r[8] * s2,
                q[5]);
    }

    /**
     * The qform (b, c, d, x, y, z) of a grid, if it says the same as its affine: with float32 fields every corner comes
     * to lie within {@link #QFORM_TOLERANCE}. Shear cannot be said by a qform, and near half turns it has few digits.
     */
    static Optional<double[]> qform(Geometry geometry) {
        Affine affine = geometry.affine();
        double[] s = affine.spacing();
        double handedness = affine.determinant() < 0 ? -1 : 1;
        double[] rotation = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int col = 0; col < 3; col++) {
                rotation[row * 3 + col] = affine.at(row, col) / s[col] * (col == 2 ? handedness : 1);
            }
        }
        Quaternion q = Quaternion.of(rotation);
        double[] qform = {q.b(), q.c(), q.d(), affine.at(0, 3), affine.at(1, 3), affine.at(2, 3)};
        for (int n = 0; n < qform.length; n++) {
            qform[n] = (float) qform[n];
        }
        return distance(affine, qform(handedness, s, qform), geometry.shape()) <= QFORM_TOLERANCE
                ? Optional.of(qform)
                : Optional.empty();
    }

    /** How far two affines put the same corner apart, at most, in mm. */
    private static double distance(Affine one, Affine other, Shape3 shape) {
        double most = 0;
        for (int corner = 0; corner < 8; corner++) {
            int i = (corner & 1) == 0 ? 0 : shape.d() - 1;
            int j = (corner & 2) == 0 ? 0 : shape.h() - 1;
            int k = (corner & 4) == 0 ? 0 : shape.w() - 1;
            double[] a = one.apply(i, j, k);
            double[] b = other.apply(i, j, k);
            most = Math.max(most, Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]));
        }
        return most;
    }
}
