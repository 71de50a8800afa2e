package io.deformux.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.deformux.transform.LabelRule;
import io.deformux.volume.Shape3;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An ensemble gives the mean of its members' probabilities, however the windows are batched. */
class EnsembleTest {
    private static final Shape3 SHAPE = new Shape3(5, 6, 7);

    /** Class 0 is always 0; class 1 is a multiple of the input. */
    private record Scaled(float factor, int classes) implements WindowPredictor {
        @Override
        public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
            int voxels = roi.length();
            FloatBuffer out = FloatBuffer.allocate(batch * classes * voxels);
            for (int n = 0; n < batch; n++) {
                for (int v = 0; v < voxels; v++) {
                    out.put((n * classes + 1) * voxels + v, factor * windows.get(n * voxels + v));
                }
            }
            logits.accept(out);
        }
    }

    @Test
    void probabilitiesAreAveragedAndNotLogits() {
        float[] image = new float[SHAPE.length()];
        for (int n = 0; n < image.length; n++) {
            image[n] = n % 5 - 2;
        }
        EnsemblePredictor ensemble = new EnsemblePredictor(List.of(new Scaled(1, 2), new Scaled(-3, 2)));
        float[] got = new float[2 * SHAPE.length()];
        int plane = SHAPE.h() * SHAPE.w();
        MemberMean mean = new MemberMean(ensemble.size(), 2, (i, values) -> {
            for (int c = 0; c < 2; c++) {
                System.arraycopy(values, c * plane, got, c * SHAPE.length() + i * plane, plane);
            }
        });

        new SlidingWindow(
                        new SlidingWindowSettings(new Shape3(4, 4, 4), 0.25, Blending.CONSTANT, 0.125, 2, false),
                        ensemble)
                .run(image, SHAPE, mean, WindowProgress.NONE);

        for (int n = 0; n < image.length; n++) {
            double expected = (sigmoid(image[n]) + sigmoid(-3 * image[n])) / 2;
            assertThat((double) got[SHAPE.length() + n]).isCloseTo(expected, within(1e-6));
            assertThat((double) got[n]).isCloseTo(1 - expected, within(1e-6));
        }
    }

    /** Two regions: the logits of the first are a multiple of the input, those of the second another one. */
    private record Regions(float first, float second) implements WindowPredictor {
        @Override
        public int classes() {
            return 2;
        }

        @Override
        public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
            int voxels = roi.length();
            FloatBuffer out = FloatBuffer.allocate(batch * 2 * voxels);
            for (int n = 0; n < batch; n++) {
                for (int v = 0; v < voxels; v++) {
                    out.put(n * 2 * voxels + v, first * windows.get(n * voxels + v));
                    out.put((n * 2 + 1) * voxels + v, second * windows.get(n * voxels + v));
                }
            }
            logits.accept(out);
        }
    }

    @Test
    void ofRegionsTheProbabilitiesOfEachAreAveragedInTheirOrder() {
        float[] image = new float[SHAPE.length()];
        for (int n = 0; n < image.length; n++) {
            image[n] = n % 5 - 2;
        }
        LabelRule rule = new LabelRule(List.of(5, 1));
        for (boolean mirrored : new boolean[] {false, true}) {
            List<WindowPredictor> members = Stream.of(new Regions(1, 0.5f), new Regions(-3, 2))
                    .map(member -> RegionPredictor.of(member, rule))
                    .map(member -> mirrored ? new MirroredPredictor(member, rule) : member)
                    .toList();
            float[] got = new float[3 * SHAPE.length()];
            int plane = SHAPE.h() * SHAPE.w();

            new EnsembleWindow(
                            new SlidingWindowSettings(new Shape3(4, 4, 4), 0.25, Blending.CONSTANT, 0.125, 2, false),
                            new EnsemblePredictor(members),
                            rule)
                    .run(
                            image,
                            SHAPE,
                            (i, values) -> {
                                for (int c = 0; c < 3; c++) {
                                    System.arraycopy(values, c * plane, got, c * SHAPE.length() + i * plane, plane);
                                }
                            },
                            WindowProgress.NONE);

            for (int n = 0; n < image.length; n++) {
                assertThat(got[n]).as("the threshold").isEqualTo(0.5f);
                assertThat((double) got[SHAPE.length() + n])
                        .isCloseTo((sigmoid(image[n]) + sigmoid(-3 * image[n])) / 2, within(1e-6));
                assertThat((double) got[2 * SHAPE.length() + n])
                        .isCloseTo((sigmoid(0.5 * image[n]) + sigmoid(2 * image[n])) / 2, within(1e-6));
            }
        }
    }

    @Test
    void windowsThatAreSkippedHaveNoRegion() {
        LabelRule rule = new LabelRule(List.of(1, 2));
        float[] last = new float[3 * 36];
        new SlidingWindow(
                        new SlidingWindowSettings(new Shape3(6, 6, 6), 0.25, Blending.CONSTANT, 0.125, 2, true),
                        RegionPredictor.of(new Regions(1, 1), rule))
                .run(
                        new float[216],
                        new Shape3(6, 6, 6),
                        (i, values) -> System.arraycopy(values, 0, last, 0, last.length),
                        WindowProgress.NONE);
        assertThat(rule.label(last, 0, 3, 36)).isZero();
        assertThat(last[36]).isEqualTo(SlidingWindow.SKIPPED_LOGIT);
        assertThat(last[72]).isEqualTo(SlidingWindow.SKIPPED_LOGIT);
    }

    @Test
    void membersOfOtherClassesAreRefused() {
        List<Scaled> members = Arrays.asList(new Scaled(1, 2), new Scaled(1, 3));

        assertThatIllegalArgumentException().isThrownBy(() -> new EnsemblePredictor(members));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
