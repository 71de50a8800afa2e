package io.deformux.worker.train.sampling;

import io.deformux.volume.Shape3;

/**
 * A crop at positions between and beyond its voxels: the image trilinearly, labels at the nearest voxel (ties to the even
 * one), and beyond the border the crop mirrored about the centres of its first and last voxels. Positions are double,
 * values are rounded to float once.
 */
record MirroredCrop(Crop crop) {

    /** The intensity in a channel at a position in voxels along the three axes. */
    float image(int channel, double d, double h, double w) {
        Shape3 shape = crop.shape();
        return (float) trilinear(
                mirrored(d, shape.d()),
                mirrored(h, shape.h()),
                mirrored(w, shape.w()),
                shape,
                crop.image(),
                channel * shape.length());
    }

    /** The class at a position. */
    byte label(double d, double h, double w) {
        Shape3 shape = crop.shape();
        return crop.labels()[shape.index(nearest(d, shape.d()), nearest(h, shape.h()), nearest(w, shape.w()))];
    }

    private static int nearest(double position, int size) {
        return (int) Math.rint(mirrored(position, size));
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

    private static double trilinear(double p0, double p1, double p2, Shape3 shape, float[] v, int channel) {
        int i = (int) p0;
        int j = (int) p1;
        int k = (int) p2;
        double f0 = p0 - i;
        double f1 = p1 - j;
        double f2 = p2 - k;
        int corner = channel + shape.index(i, j, k);
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
