package io.deformux.inference;

import static io.deformux.testing.ArrayAssert.assertThatArray;

import io.deformux.volume.Shape3;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The rolling, threaded run gives what the plain full-volume accumulation gives. */
class SlidingWindowOracleTest {

    @Property(tries = 200)
    void agreesWithTheFullVolumeAccumulation(
            @ForAll("settings") SlidingWindowSettings settings, @ForAll("images") Shape3 shape, @ForAll long seed) {
        float[] image = sparseImage(shape, new Random(seed));
        WindowPredictor predictor = new PositionDependent(3);
        double[] expected = NaiveSlidingWindow.run(settings, predictor, image, shape);
        float[] actual = collect(new SlidingWindow(settings, predictor), 3, image, shape);
        assertThatArray(actual).isCloseTo(expected, 1e-4);
    }

    @Provide
    Arbitrary<SlidingWindowSettings> settings() {
        return Combinators.combine(
                        shapes(6),
                        Arbitraries.doubles().between(0, 0.9),
                        Arbitraries.of(Blending.class),
                        Arbitraries.doubles().between(0.05, 0.5),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(true, false))
                .as(SlidingWindowSettings::new);
    }

    @Provide
    Arbitrary<Shape3> images() {
        return shapes(12);
    }

    private static Arbitrary<Shape3> shapes(int largest) {
        Arbitrary<Integer> size = Arbitraries.integers().between(1, largest);
        return Combinators.combine(size, size, size).as(Shape3::new);
    }

    /** Mostly 0, so that some windows are empty. */
    private static float[] sparseImage(Shape3 shape, Random random) {
        float[] image = new float[shape.length()];
        for (int n = 0; n < image.length; n++) {
            image[n] = random.nextInt(20) == 0 ? random.nextFloat() : 0;
        }
        return image;
    }

    static float[] collect(SlidingWindow window, int classes, float[] image, Shape3 shape) {
        float[] all = new float[classes * shape.length()];
        int area = shape.h() * shape.w();
        window.run(
                image,
                shape,
                (plane, logits) -> {
                    for (int c = 0; c < classes; c++) {
                        System.arraycopy(logits, c * area, all, c * shape.length() + plane * area, area);
                    }
                },
                WindowProgress.NONE);
        return all;
    }

    /** Depends on the values of the window, on the place in it and on the class. */
    private record PositionDependent(int classes) implements WindowPredictor {
        @Override
        public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
            FloatBuffer out = FloatBuffer.allocate(batch * classes * roi.length());
            for (int b = 0; b < batch; b++) {
                float mean = 0;
                for (int n = 0; n < roi.length(); n++) {
                    mean += windows.get(b * roi.length() + n) / roi.length();
                }
                for (int c = 0; c < classes; c++) {
                    for (int n = 0; n < roi.length(); n++) {
                        out.put((c + 1) * (windows.get(b * roi.length() + n) - mean) + 0.01f * n * (c - 1));
                    }
                }
            }
            logits.accept(out.flip());
        }
    }
}
