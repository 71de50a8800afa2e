package io.deformux.worker.train.sampling;

import io.deformux.worker.train.random.RandomStream;

/**
 * Some crops get noise of normal distribution, with a standard deviation that is drawn for each of them.
 *
 * @param probability which part of the crops
 * @param most the largest standard deviation, in scaled intensities
 */
record GaussianNoise(double probability, double most) implements Variation {
    /** nnU-Net's: a tenth of the crops, and a deviation below 0.1, which its code calls a variance. */
    static final GaussianNoise NNUNET = new GaussianNoise(0.1, 0.1);

    GaussianNoise {
        if (!(probability >= 0 && probability <= 1 && most >= 0)) {
            throw new IllegalArgumentException("noise needs a probability of 0 to 1 and a deviation from 0 on, not "
                    + probability + " and " + most);
        }
    }

    @Override
    public String identity() {
        return "noise " + probability + " " + most;
    }

    @Override
    public Crop apply(Crop crop, RandomStream random) {
        if (random.uniform() >= probability) {
            return crop;
        }
        double deviation = random.uniform(0, most);
        float[] image = crop.image().clone();
        for (int n = 0; n < image.length; n++) {
            image[n] += (float) (deviation * random.gaussian());
        }
        return crop.withImage(image);
    }
}
