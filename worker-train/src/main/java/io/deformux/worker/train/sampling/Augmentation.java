package io.deformux.worker.train.sampling;

import io.deformux.worker.train.random.RandomStream;

/**
 * How crops are varied: with probability one half one value is added to all intensities (not clipped afterwards), then
 * every crop is turned about the third axis and scaled (MONAI: RandShiftIntensity, RandAffine).
 *
 * @param shift the largest value added, in scaled intensities
 * @param rotation the largest angle, in radians
 * @param scale the largest relative change of size per axis
 */
public record Augmentation(double shift, double rotation, double scale) {
    /** The reference's for amos and hepatic. */
    public static final Augmentation REFERENCE = new Augmentation(0.1, Math.PI / 30, 0.1);

    /** The reference's for kits and pancreas. */
    public static final Augmentation WIDER_ROTATION = new Augmentation(0.1, Math.PI / 15, 0.1);

    /** None at all. */
    public static final Augmentation NONE = new Augmentation(0, 0, 0);

    /** Checks the ranges. */
    public Augmentation {
        if (!(shift >= 0 && shift <= 1 && rotation >= 0 && rotation <= Math.PI && scale >= 0 && scale < 1)) {
            throw new IllegalArgumentException(
                    "augmentation needs a shift of 0 to 1, a rotation of 0 to pi and a scale of 0 to below 1");
        }
    }

    /** A varied copy. */
    public Crop apply(Crop crop, RandomStream random) {
        if (equals(NONE)) {
            return crop;
        }
        float[] image = crop.image().clone();
        if (random.coin()) {
            float added = (float) random.uniform(-shift, shift);
            for (int n = 0; n < image.length; n++) {
                image[n] += added;
            }
        }
        double[] angles = {0, 0, random.uniform(-rotation, rotation)};
        double[] scales = {
            1 + random.uniform(-scale, scale), 1 + random.uniform(-scale, scale), 1 + random.uniform(-scale, scale)
        };
        return AffineWarp.of(angles, scales).apply(new Crop(crop.shape(), image, crop.labels()), crop.shape());
    }
}
