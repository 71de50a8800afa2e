package io.deformux.network.kernel;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vector row kernels against the plain ones, for lengths that fill no vector and lengths that fill many. */
class RowKernelsTest {
    private static final float TOLERANCE = 1e-5f;

    private final RowKernels vector = Kernels.best().rows();
    private final RowKernels plain = Kernels.plain().rows();

    static Stream<Integer> lengths() {
        return Stream.of(1, 3, 7, 8, 15, 16, 17, 31, 48, 1000);
    }

    @Test
    void theTestsRunWithTheVectorKernels() {
        assertThat(Kernels.best().name()).startsWith("vector");
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void bfloat16GoesInAndOutAlike(int n) {
        float[] values = random(n, 1, 1000);
        short[] expected = new short[n];
        short[] actual = new short[n];
        plain.narrow(values, expected, n);
        vector.narrow(values, actual, n);
        assertThatArray(actual).isEqualTo(expected);

        float[] back = new float[n];
        float[] expectedBack = new float[n];
        plain.widen(expected, expectedBack, n);
        vector.widen(actual, back, n);
        assertThatArray(back).isEqualTo(expectedBack);
        for (int i = 0; i < n; i++) {
            assertThat(back[i]).isCloseTo(values[i], within(Math.abs(values[i]) / 256));
        }
    }

    @Test
    void tiesGoToEven() {
        float[] values = new float[64];
        Arrays.fill(values, Float.intBitsToFloat(0x3F808000));
        values[1] = Float.intBitsToFloat(0x3F818000);
        values[2] = Float.intBitsToFloat(0xBF808001);
        for (RowKernels kernels : new RowKernels[] {plain, vector}) {
            short[] half = new short[64];
            kernels.narrow(values, half, 64);
            assertThatArray(Arrays.copyOf(half, 3)).containsExactly(0x3F80, 0x3F82, (short) 0xBF81);
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void arithmetic(int n) {
        float[] a = random(n, 2, 1);
        float[] b = random(n, 3, 1);
        float[] c = random(n, 4, 1);
        float[] d = random(n, 5, 1);
        alike(n, (kernels, x) -> kernels.affine(x, a, b, n));
        alike(n, (kernels, x) -> kernels.affineLeaky(x, a, b, n));
        alike(n, (kernels, x) -> kernels.joinLeaky(x, a, b, c, d, n));
        alike(n, (kernels, x) -> kernels.add(x, a, n));
        alike(n, (kernels, x) -> kernels.addHidden(a, b, c, d, x, n));
        alike(n, (kernels, x) -> kernels.addMoments(a, b, x, new float[n], n));
        alike(n, (kernels, x) -> kernels.addMoments(a, b, new float[n], x, n));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void rowsOfEverySize(int channels) {
        int rows = 5;
        alike(rows * channels, (kernels, x) -> kernels.standardise(x, rows, channels, 1e-6f));
        float[] input = random(rows * channels, 6, 1);
        for (int outputs : new int[] {RowKernels.LANES, 3 * RowKernels.LANES}) {
            float[] weights = random(channels * outputs, 7, 1);
            float[] bias = random(outputs, 8, 1);
            alike(rows * outputs, (kernels, x) -> kernels.project(input, rows, channels, weights, bias, outputs, x));
        }
    }

    @Test
    void standardisedRowsHaveMeanZeroAndVarianceOne() {
        for (RowKernels kernels : new RowKernels[] {plain, vector}) {
            float[] x = random(3 * 50, 9, 10);
            kernels.standardise(x, 3, 50, 1e-6f);
            for (int r = 0; r < 3; r++) {
                double sum = 0;
                double squares = 0;
                for (int i = r * 50; i < (r + 1) * 50; i++) {
                    sum += x[i];
                    squares += (double) x[i] * x[i];
                }
                assertThat(sum / 50).isCloseTo(0, within(1e-5));
                assertThat(squares / 50).isCloseTo(1, within(1e-5));
            }
        }
    }

    /** Abramowitz and Stegun 7.1.5, the Taylor series, in double. */
    @Test
    void theErrorFunctionIsExactToSingleDigitsOfFloat() {
        for (float x = -5; x <= 5; x += 0.001f) {
            double term = x;
            double sum = x;
            for (int n = 1; n < 120; n++) {
                term *= -(double) x * x / n;
                sum += term / (2 * n + 1);
            }
            assertThat(Erf.of(x)).isCloseTo((float) (2 / Math.sqrt(Math.PI) * sum), within(5e-7f));
        }
    }

    private void alike(int n, BiConsumer<RowKernels, float[]> operation) {
        float[] expected = random(n, 10, 1);
        float[] actual = expected.clone();
        operation.accept(plain, expected);
        operation.accept(vector, actual);
        for (int i = 0; i < n; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(TOLERANCE * (1 + Math.abs(expected[i]))));
        }
    }

    private static float[] random(int n, int seed, float size) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = size * (2 * random.nextFloat() - 1);
        }
        return values;
    }
}
