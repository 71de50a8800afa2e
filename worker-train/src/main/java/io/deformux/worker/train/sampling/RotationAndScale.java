package io.deformux.worker.train.sampling;

import io.deformux.worker.train.random.RandomStream;

/**
 * Every crop is turned about the third axis and scaled (MONAI: RandAffine).
 *
 * @param rotation the largest angle, in radians
 * @param scale the largest relative change of size per axis
 */
record RotationAndScale(double rotation, double scale) implements Variation {

    RotationAndScale {
        if (!(rotation >= 0 && rotation <= Math.PI && scale >= 0 && scale < 1)) {
            throw new IllegalArgumentException(
                    "a rotation must be 0 to pi and a scale 0 to below 1, not " + rotation + " and " + scale);
        }
    }

    @Override
    public String identity() {
        return "affine " + rotation + " " + scale;
    }

    @Override
    public Crop apply(Crop crop, RandomStream random) {
        double[] angles = {0, 0, random.uniform(-rotation, rotation)};
        double[] scales = {
            1 + random.uniform(-scale, scale), 1 + random.uniform(-scale, scale), 1 + random.uniform(-scale, scale)
        };
        return AffineWarp.of(angles, scales).apply(crop, crop.shape());
    }
}
