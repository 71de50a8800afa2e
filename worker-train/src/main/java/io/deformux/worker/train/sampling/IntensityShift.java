package io.deformux.worker.train.sampling;

import io.deformux.worker.train.random.RandomStream;

/**
 * With probability one half one value is added to all intensities of all channels, which are not clipped afterwards (MONAI:
 * RandShiftIntensity).
 *
 * @param most the largest value added, in scaled intensities
 */
record IntensityShift(double most) implements Variation {

    IntensityShift {
        if (!(most >= 0 && most <= 1)) {
            throw new IllegalArgumentException("a shift must be 0 to 1, not " + most);
        }
    }

    @Override
    public String identity() {
        return "shift " + most;
    }

    @Override
    public Crop apply(Crop crop, RandomStream random) {
        if (!random.coin()) {
            return crop;
        }
        float added = (float) random.uniform(-most, most);
        float[] image = crop.image().clone();
        for (int n = 0; n < image.length; n++) {
            image[n] += added;
        }
        return crop.withImage(image);
    }
}
