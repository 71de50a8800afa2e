package io.deformux.worker.train.sampling;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.volume.Shape3;
import io.deformux.worker.train.preparation.PreparedCase;
import io.deformux.worker.train.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each variation against its formula written out plainly, and how often it comes. */
class VariationsTest {
    private static final Shape3 SHAPE = new Shape3(7, 6, 5);
    private static final Crop CROP = crop();

    @Test
    void theSamePlaceOfTheStreamGivesTheSameCrop() {
        Augmentation all = Augmentation.REFERENCE
                .withElasticDeformation()
                .withNoise()
                .withGamma()
                .withMirroring(List.of(0, 1, 2));
        for (int n = 0; n < 50; n++) {
            Crop once = all.apply(CROP, RandomStream.at(3, n));
            Crop again = all.apply(crop(), RandomStream.at(3, n));

            assertThatArray(again.image()).isEqualTo(once.image());
            assertThatArray(again.labels()).isEqualTo(once.labels());
        }
        assertThatArray(CROP.image()).as("what is given is left alone").isEqualTo(crop().image());
    }

    @Test
    void onlyTheWantedAxesAreMirroredEachInHalfOfTheCrops() {
        Mirror mirror = new Mirror(List.of(0, 2));
        int[] seen = new int[4];
        for (int n = 0; n < 2000; n++) {
            Crop varied = mirror.apply(CROP, RandomStream.at(4, n));
            boolean first = varied.image()[SHAPE.index(0, 0, 2)] == CROP.image()[SHAPE.index(6, 0, 2)];
            boolean third = varied.image()[SHAPE.index(3, 0, 0)] == CROP.image()[SHAPE.index(3, 0, 4)];
            seen[(first ? 2 : 0) + (third ? 1 : 0)]++;
            for (int at = 0; at < SHAPE.length(); at++) {
                int i = at / 30;
                int j = at / 5 % 6;
                int k = at % 5;
                int from = SHAPE.index(first ? 6 - i : i, j, third ? 4 - k : k);
                assertThat(varied.image()[at]).isEqualTo(CROP.image()[from]);
                assertThat(varied.labels()[at]).isEqualTo(CROP.labels()[from]);
            }
        }
        for (int count : seen) {
            assertThat(count).isBetween(430, 570);
        }
    }

    @Test
    void noiseComesInATenthOfTheCropsWithDeviationsUpToATenth() {
        Crop still = new Crop(new Shape3(16, 16, 16), new float[4096], new byte[4096]);
        int noisy = 0;
        double largest = 0;
        double sum = 0;
        for (int n = 0; n < 2000; n++) {
            Crop varied = GaussianNoise.NNUNET.apply(still, RandomStream.at(5, n));
            if (varied != still) {
                double deviation = deviation(varied.image());
                noisy++;
                sum += deviation;
                largest = Math.max(largest, deviation);
            }
        }
        assertThat(noisy).isBetween(150, 250);
        assertThat(sum / noisy).as("the mean of 0 to 0.1").isCloseTo(0.05, within(0.01));
        assertThat(largest).isBetween(0.085, 0.105);
    }

    @Test
    void gammaRaisesWhatTheRangeMakesOfIntensitiesAndKeepsMeanAndDeviation() {
        for (boolean inverted : new boolean[] {false, true}) {
            double power = 1.3;
            float[] raised = new Gamma(1, 0.7, 1.5, inverted).raised(CROP.image(), power);

            double[] values = IntStream.range(0, CROP.image().length)
                    .mapToDouble(n -> inverted ? -CROP.image()[n] : CROP.image()[n])
                    .toArray();
            double least = Arrays.stream(values).min().orElseThrow();
            double range = Arrays.stream(values).max().orElseThrow() - least;
            double[] powers = Arrays.stream(values)
                    .map(v -> Math.pow((v - least) / (range + 1e-7), power) * range + least)
                    .toArray();
            double factor = deviation(values) / (deviation(powers) + 1e-8);
            for (int n = 0; n < raised.length; n++) {
                double expected = (powers[n] - mean(powers)) * factor + mean(values);
                assertThat(raised[n]).isCloseTo((float) (inverted ? -expected : expected), within(1e-6f));
            }
            assertThat(mean(raised)).isCloseTo(mean(CROP.image()), within(1e-6));
            assertThat(deviation(raised)).isCloseTo(deviation(CROP.image()), within(1e-6));
        }
    }

    @Test
    void gammaComesAsOftenAsNnunetsAndLeavesACropOfOneValueAlone() {
        int plain = 0;
        int inverted = 0;
        for (int n = 0; n < 2000; n++) {
            plain += Gamma.NNUNET.apply(CROP, RandomStream.at(6, n)) == CROP ? 0 : 1;
            inverted += Gamma.NNUNET_INVERTED.apply(CROP, RandomStream.at(7, n)) == CROP ? 0 : 1;
        }
        assertThat(plain).isBetween(530, 670);
        assertThat(inverted).isBetween(150, 250);
        float[] air = new float[SHAPE.length()];
        assertThatArray(Gamma.NNUNET.raised(air, 1.2)).isEqualTo(air);
    }

    @Test
    void theGaussianIsThatOfEachAxisWithZerosBeyondTheBorder() {
        float[] smoothed = new GaussianFilter(1.3).apply(CROP.image(), SHAPE);

        double[] weights = IntStream.rangeClosed(-5, 5)
                .mapToDouble(n -> Math.exp(-n * n / (2 * 1.3 * 1.3)))
                .toArray();
        double sum = Arrays.stream(weights).sum();
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 6; j++) {
                for (int k = 0; k < 5; k++) {
                    double expected = 0;
                    for (int a = Math.max(0, i - 5); a <= Math.min(6, i + 5); a++) {
                        for (int b = Math.max(0, j - 5); b <= Math.min(5, j + 5); b++) {
                            for (int c = Math.max(0, k - 5); c <= Math.min(4, k + 5); c++) {
                                double weight = weights[a - i + 5] * weights[b - j + 5] * weights[c - k + 5];
                                expected += weight / (sum * sum * sum) * CROP.image()[SHAPE.index(a, b, c)];
                            }
                        }
                    }
                    assertThat(smoothed[SHAPE.index(i, j, k)]).isCloseTo((float) expected, within(1e-6f));
                }
            }
        }
    }

    @Test
    void elasticDeformationDisplacesEachVoxelByItsOwnSmoothedNoise() {
        // An image that says where each voxel is: what is read there says how far it was displaced.
        Shape3 shape = new Shape3(40, 40, 40);
        float[] image = new float[shape.length()];
        byte[] labels = new byte[shape.length()];
        for (int n = 0; n < image.length; n++) {
            image[n] = n / 1600;
            labels[n] = (byte) (n / 1600);
        }
        Crop position = new Crop(shape, image, labels);
        double multiplier = 600;
        ElasticDeformation always = new ElasticDeformation(1, multiplier, 4, 4);

        Crop varied = always.apply(position, RandomStream.at(9));

        RandomStream random = RandomStream.at(9);
        random.uniform(); // whether
        double drawn = random.uniform(0, multiplier);
        random.uniform(); // the deviation
        float[] noise = new float[shape.length()];
        for (int n = 0; n < noise.length; n++) {
            noise[n] = (float) random.uniform(-1, 1);
        }
        float[] displacement = new GaussianFilter(4).apply(noise, shape);
        double largest = 0;
        for (int n = 0; n < noise.length; n++) {
            double expected = n / 1600 + drawn * displacement[n];
            if (expected > 0 && expected < 39) {
                assertThat(varied.image()[n]).isCloseTo((float) expected, within(1e-4f));
                assertThat((double) varied.labels()[n]).isCloseTo(expected, within(0.5));
            }
            largest = Math.max(largest, Math.abs(drawn * displacement[n]));
        }
        assertThat(largest).as("voxels").isBetween(0.5, 40.0);
    }

    @Test
    void aFifthOfTheCropsIsDeformed() {
        int deformed = 0;
        for (int n = 0; n < 1000; n++) {
            deformed += ElasticDeformation.NNUNET.apply(CROP, RandomStream.at(8, n)) == CROP ? 0 : 1;
        }
        assertThat(deformed).isBetween(150, 250);
    }

    @Test
    void channelsGoTheSameWayAndEachHasItsOwnPower() {
        float[] both = Arrays.copyOf(CROP.image(), 2 * CROP.image().length);
        for (int n = 0; n < CROP.image().length; n++) {
            both[CROP.image().length + n] = -3 * CROP.image()[n];
        }
        Crop twofold = new Crop(SHAPE, both, CROP.labels());
        for (Variation moves : List.of(
                new RotationAndScale(0.2, 0.1),
                new ElasticDeformation(1, 600, 4, 4),
                new Mirror(List.of(0, 1, 2)),
                new IntensityShift(0))) {
            Crop alone = moves.apply(CROP, RandomStream.at(3));
            Crop varied = moves.apply(twofold, RandomStream.at(3));
            assertThatArray(Arrays.copyOf(varied.image(), CROP.image().length)).isEqualTo(alone.image());
            assertThatArray(varied.labels()).isEqualTo(alone.labels());
            for (int n = 0; n < alone.image().length; n++) {
                assertThat(varied.image()[alone.image().length + n])
                        .as(moves.toString())
                        .isCloseTo(-3 * alone.image()[n], within(1e-5f));
            }
        }
        Gamma always = new Gamma(1, 0.7, 1.5, false);
        float[] raised = always.apply(twofold, RandomStream.at(4)).image();
        RandomStream random = RandomStream.at(4);
        random.uniform(); // whether
        for (int channel = 0; channel < 2; channel++) {
            int from = channel * CROP.image().length;
            double power = random.coin() ? random.uniform(0.7, 1) : random.uniform(1, 1.5);
            assertThatArray(Arrays.copyOfRange(raised, from, from + CROP.image().length))
                    .isEqualTo(always.raised(Arrays.copyOfRange(both, from, from + CROP.image().length), power));
        }
    }

    @Test
    void aCropBeyondTheCaseHasTheSurroundingsOfEachChannel() {
        Shape3 shape = new Shape3(2, 2, 2);
        PreparedCase two = PreparedCase.of(
                "a", shape, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, new byte[8]);

        Crop crop = Crop.of(two, new int[] {1, 0, 0}, shape);

        assertThat(crop.channels()).isEqualTo(2);
        assertThatArray(crop.image()).isEqualTo(new float[] {5, 6, 7, 8, 0, 0, 0, 0, 13, 14, 15, 16, 0, 0, 0, 0});
    }

    private static double mean(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(n -> values[n])
                .average()
                .orElseThrow();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(float[] values) {
        return deviation(
                IntStream.range(0, values.length).mapToDouble(n -> values[n]).toArray());
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    }

    private static Crop crop() {
        RandomStream random = RandomStream.at(42);
        float[] image = new float[SHAPE.length()];
        byte[] labels = new byte[SHAPE.length()];
        for (int n = 0; n < image.length; n++) {
            image[n] = (float) random.uniform();
            labels[n] = (byte) random.below(3);
        }
        return new Crop(SHAPE, image, labels);
    }
}
