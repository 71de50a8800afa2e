package io.deformux.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.deformux.volume.Shape3;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
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

    @Test
    void membersOfOtherClassesAreRefused() {
        List<Scaled> members = Arrays.asList(new Scaled(1, 2), new Scaled(1, 3));

        assertThatIllegalArgumentException().isThrownBy(() -> new EnsemblePredictor(members));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
