package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.inference.Blending;
import io.deformux.inference.SlidingWindow;
import io.deformux.inference.SlidingWindowSettings;
import io.deformux.inference.WindowPlan;
import io.deformux.inference.WindowPlan.Origin;
import io.deformux.inference.WindowPredictor;
import io.deformux.inference.WindowProgress;
import io.deformux.volume.Shape3;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Windows, weights and blended logits against {@code sliding/}. */
@Tag("parity")
class SlidingWindowParityTest {
    private static final Pattern EXPECTED = Pattern.compile("(constant|gaussian|gaussian_v11)_([0-9.]+)");
    private static final Pattern REAL_SIZE = Pattern.compile("(\\d+)x(\\d+)x(\\d+)_overlap([0-9.]+)");
    private static final Shape3 REAL_ROI = new Shape3(96, 96, 96);
    private static final int WINDOW_BATCH = 4;

    @TestFactory
    List<DynamicTest> plans() {
        return perCase((name, values, npz) -> values.get("windows").properties().stream()
                .map(windows -> DynamicTest.dynamicTest(
                        name + " overlap " + windows.getKey(),
                        () -> checkPlan(values, Double.parseDouble(windows.getKey()), windows.getValue())))
                .toList());
    }

    @TestFactory
    List<DynamicTest> plansOfRealSize() {
        return Fixtures.json("sliding/sliding.json").get("roi96_starts").properties().stream()
                .map(entry ->
                        DynamicTest.dynamicTest(entry.getKey(), () -> checkRealSize(entry.getKey(), entry.getValue())))
                .toList();
    }

    @TestFactory
    List<DynamicTest> weights() {
        return perCase((name, values, npz) -> npz.arrays().keySet().stream()
                .filter(array -> array.startsWith("importance_"))
                .map(array -> DynamicTest.dynamicTest(name + " " + array, () -> {
                    float[] actual = blending(array.substring("importance_".length()))
                            .weights(shape(values.get("roi")), SlidingWindowSettings.SIGMA_SCALE);
                    assertThatArray(actual).isCloseTo(npz.get(array).floats(), 1e-6);
                }))
                .toList());
    }

    @TestFactory
    List<DynamicTest> blendedLogits() {
        return perCase((name, values, npz) -> {
            List<DynamicTest> tests = new ArrayList<>();
            for (String array : npz.arrays().keySet()) {
                Matcher match = EXPECTED.matcher(array);
                if (match.matches()) {
                    SlidingWindowSettings settings = new SlidingWindowSettings(
                            shape(values.get("roi")),
                            Double.parseDouble(match.group(2)),
                            blending(match.group(1)),
                            SlidingWindowSettings.SIGMA_SCALE,
                            WINDOW_BATCH,
                            false);
                    tests.add(DynamicTest.dynamicTest(
                            name + " " + array, () -> checkLogits(settings, npz, npz.get(array))));
                }
            }
            return tests;
        });
    }

    private static void checkPlan(JsonNode values, double overlap, JsonNode expected) {
        int[] input = ints(values.get("input"));
        Shape3 image = Shape3.of(Arrays.copyOfRange(input, 2, 5));
        WindowPlan plan = new WindowPlan(image, shape(values.get("roi")), overlap);
        assertThatArray(plan.padded().toArray()).isEqualTo(ints(expected.get("padded_size")));
        for (int axis = 0; axis < 3; axis++) {
            int[] pad = ints(values.get("pad_before_after_per_axis").get(axis));
            assertThat(plan.padBefore(axis)).isEqualTo(pad[0]);
            assertThat(plan.padded().axis(axis) - image.axis(axis) - plan.padBefore(axis))
                    .isEqualTo(pad[1]);
            assertThat(plan.interval(axis))
                    .isEqualTo(expected.get("interval").get(axis).asInt());
        }
        assertThat(plan.count()).isEqualTo(expected.get("starts").size());
        for (int n = 0; n < plan.count(); n++) {
            int[] start = ints(expected.get("starts").get(n));
            assertThat(plan.origin(n))
                    .isEqualTo(new Origin(
                            start[0] - plan.padBefore(0), start[1] - plan.padBefore(1), start[2] - plan.padBefore(2)));
        }
    }

    private static void checkRealSize(String name, JsonNode expected) {
        Matcher match = REAL_SIZE.matcher(name);
        assertThat(match.matches()).as(name).isTrue();
        Shape3 image = new Shape3(
                Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)), Integer.parseInt(match.group(3)));
        WindowPlan plan = new WindowPlan(image, REAL_ROI, Double.parseDouble(match.group(4)));
        for (int axis = 0; axis < 3; axis++) {
            assertThat(plan.interval(axis))
                    .isEqualTo(expected.get("interval").get(axis).asInt());
            assertThatArray(plan.starts(axis))
                    .isEqualTo(ints(expected.get("starts_per_axis").get(axis)));
        }
        assertThat(plan.count()).isEqualTo(expected.get("number_of_windows").asInt());
    }

    private static void checkLogits(SlidingWindowSettings settings, Npz npz, Npz.NpyArray expected) {
        ConvolutionAndRamp predictor = new ConvolutionAndRamp(
                npz.get("weight").floats(),
                npz.get("bias").floats(),
                npz.get("ramp").floats());
        int[] sizes = npz.get("input").shape();
        Shape3 shape = new Shape3(sizes[2], sizes[3], sizes[4]);
        int area = shape.h() * shape.w();
        float[] input = npz.get("input").floats();
        float[] actual = new float[expected.size()];
        SlidingWindow window = new SlidingWindow(settings, predictor);
        for (int sample = 0; sample < sizes[0]; sample++) {
            float[] image = Arrays.copyOfRange(input, sample * shape.length(), (sample + 1) * shape.length());
            int first = sample * predictor.classes();
            window.run(
                    image,
                    shape,
                    (plane, logits) -> {
                        for (int c = 0; c < predictor.classes(); c++) {
                            System.arraycopy(
                                    logits, c * area, actual, (first + c) * shape.length() + plane * area, area);
                        }
                    },
                    WindowProgress.NONE);
        }
        assertThatArray(actual).isCloseTo(expected.floats(), 2e-5);
    }

    @FunctionalInterface
    private interface PerCase {
        List<DynamicTest> tests(String name, JsonNode values, Npz npz);
    }

    private static List<DynamicTest> perCase(PerCase perCase) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry :
                Fixtures.json("sliding/sliding.json").properties()) {
            if (entry.getValue().has("windows")) {
                Npz npz = Fixtures.npz("sliding/" + entry.getKey() + ".npz");
                tests.addAll(perCase.tests(entry.getKey(), entry.getValue(), npz));
            }
        }
        return tests;
    }

    private static Blending blending(String name) {
        return switch (name) {
            case "constant" -> Blending.CONSTANT;
            case "gaussian" -> Blending.GAUSSIAN;
            case "gaussian_v11" -> Blending.GAUSSIAN_SYMMETRIC;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Shape3 shape(JsonNode sizes) {
        return Shape3.of(ints(sizes));
    }

    private static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int n = 0; n < values.length; n++) {
            values[n] = array.get(n).asInt();
        }
        return values;
    }

    /**
     * The fixtures' predictor: a 3x3x3 convolution of (window - its mean) with zero padding, a bias, and a ramp along
     * each axis of the window.
     */
    private record ConvolutionAndRamp(float[] weight, float[] bias, float[] ramp) implements WindowPredictor {
        @Override
        public int classes() {
            return bias.length;
        }

        @Override
        public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
            FloatBuffer out = FloatBuffer.allocate(batch * classes() * roi.length());
            for (int b = 0; b < batch; b++) {
                float[] window = new float[roi.length()];
                windows.get(b * roi.length(), window);
                double mean = 0;
                for (float value : window) {
                    mean += (double) value / window.length;
                }
                for (int c = 0; c < classes(); c++) {
                    for (int n = 0; n < roi.length(); n++) {
                        int k = n % roi.w();
                        int j = n / roi.w() % roi.h();
                        int i = n / roi.w() / roi.h();
                        double y = convolution(window, mean, roi, c, i, j, k) + bias[c];
                        y += (double) ramp[c * 3] * i / roi.d();
                        y += (double) ramp[c * 3 + 1] * j / roi.h();
                        y += (double) ramp[c * 3 + 2] * k / roi.w();
                        out.put((float) y);
                    }
                }
            }
            logits.accept(out.flip());
        }

        private double convolution(float[] window, double mean, Shape3 roi, int c, int i, int j, int k) {
            double sum = 0;
            for (int a = Math.max(i - 1, 0); a <= Math.min(i + 1, roi.d() - 1); a++) {
                for (int b = Math.max(j - 1, 0); b <= Math.min(j + 1, roi.h() - 1); b++) {
                    for (int e = Math.max(k - 1, 0); e <= Math.min(k + 1, roi.w() - 1); e++) {
                        int tap = (c * 3 + a - i + 1) * 9 + (b - j + 1) * 3 + e - k + 1;
                        sum += weight[tap] * (window[roi.index(a, b, e)] - mean);
                    }
                }
            }
            return sum;
        }
    }
}
