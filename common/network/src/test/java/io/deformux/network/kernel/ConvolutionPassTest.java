package io.deformux.network.kernel;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dense convolutions, vector and plain, against the definition in double. */
class ConvolutionPassTest {
    /** Error of a sum, as a share of the length of the vector of its terms. */
    private static final double TOLERANCE = 1e-5;

    @Property(tries = 150)
    void anyConvolutionIsWhatTheDefinitionSays(
            @ForAll @IntRange(min = 1, max = 9) int d,
            @ForAll @IntRange(min = 1, max = 9) int h,
            @ForAll @IntRange(min = 1, max = 9) int w,
            @ForAll @IntRange(min = 1, max = 100) int inputs,
            @ForAll @IntRange(min = 1, max = 100) int outputs,
            @ForAll @IntRange(min = 1, max = 3) int k,
            @ForAll @IntRange(min = 1, max = 2) int stride,
            @ForAll @IntRange(min = 0, max = 1) int padding,
            @ForAll boolean biased) {
        int rim = Math.min(padding, k - 1);
        int least = k - 2 * rim;
        check(Math.max(least, d), Math.max(least, h), Math.max(least, w), inputs, outputs, k, stride, rim, biased);
    }

    @ParameterizedTest(name = "{0} to {1} channels, k {2}, stride {3}, padding {4}, {5} x {6} x {7}")
    @CsvSource({
        "1, 48, 7, 2, 3, 6, 9, 21",
        "2, 17, 7, 2, 3, 5, 4, 100",
        "1, 8, 3, 1, 1, 4, 5, 97",
        "8, 8, 3, 1, 1, 4, 5, 96",
        "8, 81, 3, 1, 1, 3, 5, 49",
        "48, 48, 3, 1, 1, 2, 3, 96",
        "96, 16, 3, 1, 1, 3, 3, 24",
        "3, 3, 3, 1, 1, 1, 1, 1",
        "70, 81, 3, 1, 1, 6, 6, 6",
        "96, 130, 1, 1, 0, 3, 4, 13",
        "48, 96, 2, 2, 0, 6, 4, 12",
        "5, 64, 2, 2, 0, 7, 5, 3",
        "600, 100, 3, 1, 1, 3, 2, 3",
        "1, 1, 3, 1, 1, 40, 70, 200"
    })
    void theNetworksConvolutionsAreWhatTheDefinitionSays(
            int inputs, int outputs, int k, int stride, int padding, int d, int h, int w) {
        check(d, h, w, inputs, outputs, k, stride, padding, true);
        check(d, h, w, inputs, outputs, k, stride, padding, false);
    }

    @Test
    void theResultDoesNotDependOnTheNumberOfThreads() throws InterruptedException, ExecutionException {
        MapView x = Maps.of(false, Maps.random(20 * 13 * 11 * 24, 1, 1), 24, 13, 11, 20);
        ConvolutionPass pass =
                new ConvolutionPass(Kernels.best(), Maps.random(50 * 20 * 27, 2, 1), new float[0], 50, 20, 3, 1, 1);
        MapView many = Maps.blank(false, 24, 13, 11, 50);
        MapView one = Maps.blank(false, 24, 13, 11, 50);
        pass.apply(x, many);
        ForkJoinPool single = new ForkJoinPool(1);
        try {
            single.submit(() -> pass.apply(x, one)).get();
        } finally {
            single.shutdown();
        }
        assertThatArray(Maps.last(one)).isEqualTo(Maps.last(many));
    }

    @Test
    void mapsOfBfloat16AreReadAndWritten() {
        float[] values = Maps.random(5 * 6 * 7 * 20, 1, 1);
        ConvolutionPass pass =
                new ConvolutionPass(Kernels.best(), Maps.random(40 * 20 * 27, 2, 1), new float[0], 40, 20, 3, 1, 1);
        MapView half = Maps.of(true, values, 5, 6, 7, 20);
        MapView same = Maps.of(false, Maps.planar(half), 5, 6, 7, 20);
        MapView rounded = Maps.blank(true, 5, 6, 7, 40);
        MapView exact = Maps.blank(false, 5, 6, 7, 40);
        pass.apply(half, rounded);
        pass.apply(same, exact);
        assertThatArray(Maps.last(rounded)).isEqualTo(Maps.last(Maps.of(true, Maps.planar(exact), 5, 6, 7, 40)));
    }

    @Test
    void mapsThatDoNotFitAreRefused() {
        ConvolutionPass pass = new ConvolutionPass(Kernels.plain(), new float[8], new float[0], 1, 1, 2, 2, 0);
        MapView x = Maps.blank(false, 4, 4, 4, 1);
        assertThatThrownBy(() -> pass.apply(x, x)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ConvolutionPass(Kernels.plain(), new float[7], new float[0], 1, 1, 2, 2, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void check(
            int d, int h, int w, int inputs, int outputs, int k, int stride, int padding, boolean biased) {
        float[] values = Maps.random(d * h * w * inputs, 1, 1);
        float[] weight = Maps.random(outputs * inputs * k * k * k, 2, 1);
        float[] bias = Maps.random(biased ? outputs : 0, 3, 1);
        Reference reference = new Reference(values, weight, bias, d, h, w, inputs, outputs, k, stride, padding);
        for (Kernels kernels : List.of(Kernels.best(), Kernels.plain())) {
            MapView y = Maps.blank(false, reference.size(d), reference.size(h), reference.size(w), outputs);
            fill(y, Float.NaN);
            new ConvolutionPass(kernels, weight, bias, outputs, inputs, k, stride, padding)
                    .apply(Maps.of(false, values, d, h, w, inputs), y);
            reference.check(Maps.last(y), kernels.name());
        }
    }

    private static void fill(MapView map, float value) {
        float[] values = new float[map.voxels() * map.c()];
        Arrays.fill(values, value);
        map.rows(Kernels.plain().rows()).write(0, values, values.length);
    }

    /** The definition: values (c, d, h, w). */
    private record Reference(
            float[] values,
            float[] weight,
            float[] bias,
            int d,
            int h,
            int w,
            int inputs,
            int outputs,
            int k,
            int stride,
            int padding) {

        int size(int n) {
            return (n + 2 * padding - k) / stride + 1;
        }

        void check(float[] actual, String name) {
            int at = 0;
            for (int i = 0; i < size(d); i++) {
                for (int j = 0; j < size(h); j++) {
                    for (int l = 0; l < size(w); l++) {
                        for (int o = 0; o < outputs; o++) {
                            check(actual[at++], i, j, l, o, name);
                        }
                    }
                }
            }
            assertThatArray(actual).hasSize(at);
        }

        private void check(float actual, int i, int j, int l, int o, String name) {
            double sum = bias.length == 0 ? 0 : bias[o];
            double squares = sum * sum;
            for (int c = 0; c < inputs; c++) {
                for (int t = 0; t < k * k * k; t++) {
                    int di = i * stride - padding + t / k / k;
                    int hj = j * stride - padding + t / k % k;
                    int wl = l * stride - padding + t % k;
                    if (di >= 0 && di < d && hj >= 0 && hj < h && wl >= 0 && wl < w) {
                        double product = (double) values[((c * d + di) * h + hj) * w + wl]
                                * weight[(o * inputs + c) * k * k * k + t];
                        sum += product;
                        squares += product * product;
                    }
                }
            }
            if (!(Math.abs(actual - sum) <= TOLERANCE * Math.sqrt(squares) + 1e-12)) {
                assertThat((double) actual)
                        .as("%s: voxel (%d, %d, %d), channel %d", name, i, j, l, o)
                        .isEqualTo(sum);
            }
        }
    }
}
