package io.deformux.radiomics;

import io.deformux.volume.Shape3;
import java.util.Arrays;

/**
 * Where the voxels of a structure are and how far they spread.
 *
 * @param centre the mean of their centres, in mm from the box's first voxel
 * @param weighted the same, each weighted with its value; without values the centre
 * @param variances along the principal axes, in mm², descending: those of a sample, as in the values that were agreed on; NaN
 *     for a single voxel
 */
record PrincipalAxes(double[] centre, double[] weighted, double[] variances) {
    private static final int SWEEPS = 50;

    static PrincipalAxes of(Region region) {
        double[] sum = new double[3];
        double[] weighted = new double[3];
        double[] weight = new double[1];
        forEach(region, (at, value) -> {
            for (int axis = 0; axis < 3; axis++) {
                sum[axis] += at[axis] / region.voxels();
                weighted[axis] += Float.isNaN(value) ? 0 : at[axis] * value;
            }
            weight[0] += Float.isNaN(value) ? 0 : value;
        });
        for (int axis = 0; axis < 3; axis++) {
            weighted[axis] /= weight[0];
        }
        double[][] covariance = new double[3][3];
        forEach(region, (at, value) -> {
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    covariance[a][b] += (at[a] - sum[a]) * (at[b] - sum[b]) / (region.voxels() - 1.0);
                }
            }
        });
        return new PrincipalAxes(sum, weighted, eigenvalues(covariance));
    }

    private interface Place {
        void take(double[] millimetres, float value);
    }

    private static void forEach(Region region, Place place) {
        Shape3 shape = region.shape();
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++) {
                    int n = shape.index(i, j, k);
                    if (region.inside()[n]) {
                        place.take(region.millimetres(i, j, k), region.values()[n]);
                    }
                }
            }
        }
    }

    /** Those of a symmetric matrix, descending, by Jacobi's rotations. */
    static double[] eigenvalues(double[][] matrix) {
        double[][] m = {matrix[0].clone(), matrix[1].clone(), matrix[2].clone()};
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int p = 0; p < 2; p++) {
                for (int q = p + 1; q < 3; q++) {
                    if (m[p][q] != 0) {
                        rotate(m, p, q);
                    }
                }
            }
        }
        double[] values = {m[0][0], m[1][1], m[2][2]};
        Arrays.sort(values);
        return new double[] {values[2], values[1], Math.max(0, values[0])};
    }

    /** Turns the plane of two axes so that their covariance is 0. */
    private static void rotate(double[][] m, int p, int q) {
        double angle = Math.atan2(2 * m[p][q], m[q][q] - m[p][p]) / 2;
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (int n = 0; n < 3; n++) {
            double a = m[n][p];
            double b = m[n][q];
            m[n][p] = c * a - s * b;
            m[n][q] = s * a + c * b;
        }
        for (int n = 0; n < 3; n++) {
            double a = m[p][n];
            double b = m[q][n];
            m[p][n] = c * a - s * b;
            m[q][n] = s * a + c * b;
        }
        m[p][q] = 0;
        m[q][p] = 0;
    }
}
