package io.deformux.worker.train.sampling;

import io.deformux.volume.Shape3;

/**
 * A linear map from the voxels of an output to those of an input, both counted from their centres, as MONAI's RandAffine
 * uses it, on a {@link MirroredCrop}.
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
        int channels = in.channels();
        int length = out.length();
        float[] image = new float[channels * length];
        byte[] labels = new byte[length];
        Shape3 shape = in.shape();
        MirroredCrop source = new MirroredCrop(in);
        int at = 0;
        for (int i = 0; i < out.d(); i++) {
            double y0 = i - (out.d() - 1) / 2.0;
            for (int j = 0; j < out.h(); j++) {
                double y1 = j - (out.h() - 1) / 2.0;
                for (int k = 0; k < out.w(); k++, at++) {
                    double y2 = k - (out.w() - 1) / 2.0;
                    double p0 = m[0] * y0 + m[1] * y1 + m[2] * y2 + (shape.d() - 1) / 2.0;
                    double p1 = m[3] * y0 + m[4] * y1 + m[5] * y2 + (shape.h() - 1) / 2.0;
                    double p2 = m[6] * y0 + m[7] * y1 + m[8] * y2 + (shape.w() - 1) / 2.0;
                    for (int channel = 0; channel < channels; channel++) {
                        image[channel * length + at] = source.image(channel, p0, p1, p2);
                    }
                    labels[at] = source.label(p0, p1, p2);
                }
            }
        }
        return new Crop(out, image, labels);
    }
}
