package io.deformux.worker.train.sampling;

import io.deformux.volume.Shape3;
import io.deformux.worker.train.random.RandomStream;

/**
 * Some crops are read at displaced positions: along each axis a displacement that is uniform noise of -1 to 1, smoothed by
 * a Gaussian and multiplied (Simard, Steinkraus and Platt 2003; batchgenerators: elastic_deform_coordinates). The
 * multiplier and the Gaussian's deviation are drawn for each crop.
 *
 * @param probability which part of the crops
 * @param mostMultiplier the largest multiplier, in voxels
 * @param leastSigma the smallest deviation of the Gaussian, in voxels
 * @param mostSigma the largest
 */
record ElasticDeformation(double probability, double mostMultiplier, double leastSigma, double mostSigma)
        implements Variation {
    /** nnU-Net's: a fifth of the crops, multiplied by up to 900, deviations of 9 to 13 voxels: some two voxels. */
    static final ElasticDeformation NNUNET = new ElasticDeformation(0.2, 900, 9, 13);

    ElasticDeformation {
        if (!(probability >= 0
                && probability <= 1
                && mostMultiplier >= 0
                && leastSigma > 0
                && leastSigma <= mostSigma)) {
            throw new IllegalArgumentException(
                    "an elastic deformation needs a probability of 0 to 1, a multiplier from 0 on"
                            + " and deviations above 0 in order");
        }
    }

    @Override
    public String identity() {
        return "elastic " + probability + " " + mostMultiplier + " " + leastSigma + " " + mostSigma;
    }

    @Override
    public Crop apply(Crop crop, RandomStream random) {
        if (random.uniform() >= probability) {
            return crop;
        }
        double multiplier = random.uniform(0, mostMultiplier);
        GaussianFilter filter = new GaussianFilter(random.uniform(leastSigma, mostSigma));
        Shape3 shape = crop.shape();
        float[][] displacements = new float[3][];
        for (int axis = 0; axis < 3; axis++) {
            float[] noise = new float[shape.length()];
            for (int n = 0; n < noise.length; n++) {
                noise[n] = (float) random.uniform(-1, 1);
            }
            displacements[axis] = filter.apply(noise, shape);
        }
        return displaced(crop, displacements, multiplier);
    }

    private static Crop displaced(Crop crop, float[][] by, double multiplier) {
        Shape3 shape = crop.shape();
        MirroredCrop source = new MirroredCrop(crop);
        int channels = crop.channels();
        int length = shape.length();
        float[] image = new float[channels * length];
        byte[] labels = new byte[length];
        int at = 0;
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++, at++) {
                    double p0 = i + multiplier * by[0][at];
                    double p1 = j + multiplier * by[1][at];
                    double p2 = k + multiplier * by[2][at];
                    for (int channel = 0; channel < channels; channel++) {
                        image[channel * length + at] = source.image(channel, p0, p1, p2);
                    }
                    labels[at] = source.label(p0, p1, p2);
                }
            }
        }
        return new Crop(shape, image, labels);
    }
}
