package io.deformux.worker.train.sampling;

import io.deformux.worker.train.random.RandomStream;
import java.util.Arrays;

/**
 * Some crops have their intensities, brought to 0 to 1 by their own range, raised to a power, and are given their mean and
 * standard deviation back, each channel by itself (batchgenerators: augment_gamma with per_channel and retain_stats). The power is below 1 in one half of them.
 *
 * @param probability which part of the crops
 * @param low the smallest power, above 0 and at most 1
 * @param high the largest power, at least 1
 * @param inverted whether that is done to the negative of the intensities
 */
record Gamma(double probability, double low, double high, boolean inverted) implements Variation {
    /** nnU-Net's first: a tenth of the crops. */
    static final Gamma NNUNET_INVERTED = new Gamma(0.1, 0.7, 1.5, true);

    /** nnU-Net's second: three tenths of the crops. */
    static final Gamma NNUNET = new Gamma(0.3, 0.7, 1.5, false);

    private static final double RANGE_EPSILON = 1e-7;
    private static final double DEVIATION_EPSILON = 1e-8;

    Gamma {
        if (!(probability >= 0 && probability <= 1 && low > 0 && low <= 1 && high >= 1)) {
            throw new IllegalArgumentException("gamma needs a probability of 0 to 1 and powers around 1, not "
                    + probability + ", " + low + " and " + high);
        }
    }

    @Override
    public String identity() {
        return "gamma " + probability + " " + low + " " + high + (inverted ? " inverted" : "");
    }

    @Override
    public Crop apply(Crop crop, RandomStream random) {
        if (random.uniform() >= probability) {
            return crop;
        }
        int length = crop.shape().length();
        float[] image = new float[crop.image().length];
        for (int channel = 0; channel < image.length; channel += length) {
            double power = random.coin() ? random.uniform(low, 1) : random.uniform(1, high);
            float[] raised = raised(Arrays.copyOfRange(crop.image(), channel, channel + length), power);
            System.arraycopy(raised, 0, image, channel, length);
        }
        return crop.withImage(image);
    }

    /** Intensities of a channel after that power. */
    float[] raised(float[] image, double power) {
        int sign = inverted ? -1 : 1;
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (float value : image) {
            least = Math.min(least, sign * value);
            largest = Math.max(largest, sign * value);
        }
        double range = largest - least;
        double[] values = new double[image.length];
        for (int n = 0; n < image.length; n++) {
            // StrictMath: the same bits on every machine.
            values[n] = StrictMath.pow((sign * image[n] - least) / (range + RANGE_EPSILON), power) * range + least;
        }
        Moments before = Moments.of(image);
        Moments after = Moments.of(values);
        float[] raised = new float[image.length];
        for (int n = 0; n < image.length; n++) {
            double score = (values[n] - after.mean()) / (after.deviation() + DEVIATION_EPSILON);
            raised[n] = (float) (sign * score * before.deviation() + before.mean());
        }
        return raised;
    }

    /** Mean and standard deviation. */
    private record Moments(double mean, double deviation) {
        static Moments of(float[] values) {
            double[] wide = new double[values.length];
            for (int n = 0; n < values.length; n++) {
                wide[n] = values[n];
            }
            return of(wide);
        }

        static Moments of(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            double mean = sum / values.length;
            double squares = 0;
            for (double value : values) {
                squares += (value - mean) * (value - mean);
            }
            return new Moments(mean, Math.sqrt(squares / values.length));
        }
    }
}
