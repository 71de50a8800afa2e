package io.deformux.worker.train.sampling;

import io.deformux.volume.Shape3;

/**
 * A linear map from the voxels of an output to those of an input, both counted from their centres, as MONAI's RandAffine
 * uses it: the image is read trilinearly, labels at the nearest voxel (ties to the even one), and beyond the border the
 * input is seen mirrored about the centres of its first and last voxels.
 */
public final class AffineWarp {
    private final double[] m;

    /** A map given by nine values, row-major. */
    public AffineWarp(double... rows) {
        this.m = rows.clone();
    }

    /**
     * Rotation after scaling: {@code Rx(a0) Ry(a1) Rz(a2) diag(scale)}. A scale above 1 shows a larger field.
     *
     * @param angles in radians about the three axes
     * @param scale per axis
     */
    public static AffineWarp of(double[] angles, double[] scale) {
        double sx = Math.sin(angles[0]);
        double cx = Math.cos(angles[0]);
        double sy = Math.sin(angles[1]);
        double cy = Math.cos(angles[1]);
        double sz = Math.sin(angles[2]);
        double cz = Math.cos(angles[2]);
        return new AffineWarp(
                scale[0] * cy * cz,
                -scale[1] * cy * sz,
                scale[2] * sy,
                scale[0] * (cx * sz + sx * sy * cz),
                scale[1] * (cx * cz - sx * sy * sz),
                -scale[2] * sx * cy,
                scale[0] * (sx * sz - cx * sy * cz),
                scale[1] * (sx * cz + cx * sy * sz),
                scale[2] * cx * cy);
    }

    /** The nine values, row-major. */
    public double[] matrix() {
        return m.clone();
    }

    /** Warps a crop; positions are double, values are rounded to float once. */
    public Crop apply(Crop in, Shape3 out) {
        float[] image = new float[out.length()];
        byte[] labels = new byte[out.length()];
        Shape3 shape = in.shape();
        int at = 0;
        for (int i = 0; i < out.d(); i++) {
            double y0 = i - (out.d() - 1) / 2.0;
            for (int j = 0; j < out.h(); j++) {
                double y1 = j - (out.h() - 1) / 2.0;
                for (int k = 0; k < out.w(); k++, at++) {
                    double y2 = k - (out.w() - 1) / 2.0;
                    double p0 = mirrored(m[0] * y0 + m[1] * y1 + m[2] * y2 + (shape.d() - 1) / 2.0, shape.d());
                    double p1 = mirrored(m[3] * y0 + m[4] * y1 + m[5] * y2 + (shape.h() - 1) / 2.0, shape.h());
                    double p2 = mirrored(m[6] * y0 + m[7] * y1 + m[8] * y2 + (shape.w() - 1) / 2.0, shape.w());
                    image[at] = (float) trilinear(in, p0, p1, p2);
                    labels[at] =
                            in.labels()[shape.index((int) Math.rint(p0), (int) Math.rint(p1), (int) Math.rint(p2))];
                }
            }
        }
        return new Crop(out, image, labels);
    }

    /** The position inside [0, size - 1] that mirrors show at {@code position}. */
    private static double mirrored(double position, int size) {
        if (size == 1) {
            return 0;
        }
        double period = 2.0 * (size - 1);
        double inPeriod = Math.abs(position) % period;
        return Math.min(inPeriod, period - inPeriod);
    }

    private static double trilinear(Crop in, double p0, double p1, double p2) {
        Shape3 shape = in.shape();
        float[] v = in.image();
        int i = (int) p0;
        int j = (int) p1;
        int k = (int) p2;
        double f0 = p0 - i;
        double f1 = p1 - j;
        double f2 = p2 - k;
        int corner = shape.index(i, j, k);
        int nextK = k + 1 < shape.w() ? 1 : 0;
        int nextJ = j + 1 < shape.h() ? shape.w() : 0;
        int nextI = i + 1 < shape.d() ? shape.h() * shape.w() : 0;
        double low = (1 - f1) * ((1 - f2) * v[corner] + f2 * v[corner + nextK])
                + f1 * ((1 - f2) * v[corner + nextJ] + f2 * v[corner + nextJ + nextK]);
        int upper = corner + nextI;
        double high = (1 - f1) * ((1 - f2) * v[upper] + f2 * v[upper + nextK])
                + f1 * ((1 - f2) * v[upper + nextJ] + f2 * v[upper + nextJ + nextK]);
        return (1 - f0) * low + f0 * high;
    }
}
