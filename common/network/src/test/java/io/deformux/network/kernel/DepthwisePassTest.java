package io.deformux.network.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The depthwise convolution against its definition: both sets of kernels, borders, odd sizes, kernels larger than the map. */
class DepthwisePassTest {

    /** Kernel, then d, h, w, then channels. */
    static Stream<Arguments> forms() {
        List<int[]> shapes = List.of(
                new int[] {1, 2, 3, 4, 5},
                new int[] {3, 1, 1, 1, 1},
                new int[] {3, 4, 9, 17, 3},
                new int[] {7, 5, 11, 8, 16},
                new int[] {7, 9, 3, 10, 17},
                new int[] {7, 12, 17, 9, 50},
                new int[] {9, 4, 5, 13, 3},
                new int[] {21, 6, 6, 6, 33},
                new int[] {21, 3, 23, 25, 16},
                new int[] {31, 2, 3, 40, 2});
        return Stream.of(Kernels.plain(), Kernels.best()).flatMap(kernels -> Stream.of(false, true)
                .flatMap(half -> shapes.stream().map(shape -> Arguments.of(kernels, half, shape))));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void isWhatItsDefinitionSays(Kernels kernels, boolean half, int[] shape) {
        int k = shape[0];
        int c = shape[4];
        MapView x =
                Maps.of(half, Maps.random(c * shape[1] * shape[2] * shape[3], 1, 1), shape[1], shape[2], shape[3], c);
        MapView y = Maps.blank(half, shape[1], shape[2], shape[3], c);
        float[] weight = Maps.random(c * k * k * k, 2, 1);
        float[] bias = Maps.random(c, 3, 1);
        new DepthwisePass(kernels, "layer", weight, bias, k).apply(x, y);
        float[] values = Maps.last(x);
        float[] result = Maps.last(y);
        double rounding = half ? 1.0 / 256 : 0;
        for (int i = 0; i < result.length; i++) {
            double expected = defined(x, values, weight, bias, k, i);
            assertThat((double) result[i])
                    .isCloseTo(expected, within(1e-5 * Math.sqrt(k * k * k) + rounding * Math.abs(expected)));
        }
    }

    /** One value, by the definition. */
    private static double defined(MapView x, float[] values, float[] weight, float[] bias, int k, int index) {
        int c = index % x.c();
        int w = index / x.c() % x.w();
        int h = index / x.c() / x.w() % x.h();
        int d = index / x.c() / x.w() / x.h();
        double sum = bias[c];
        for (int tap = 0; tap < k * k * k; tap++) {
            int i = d + tap / (k * k) - k / 2;
            int j = h + tap / k % k - k / 2;
            int l = w + tap % k - k / 2;
            if (i >= 0 && i < x.d() && j >= 0 && j < x.h() && l >= 0 && l < x.w()) {
                sum += weight[c * k * k * k + tap] * (double) values[((i * x.h() + j) * x.w() + l) * x.c() + c];
            }
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void tellsTheWeightsThatItWasGiven(Kernels kernels, boolean half, int[] shape) {
        int taps = shape[0] * shape[0] * shape[0];
        float[] weight = Maps.random(shape[4] * taps, 2, 1);
        float[] bias = Maps.random(shape[4], 3, 1);
        DepthwisePass pass = new DepthwisePass(kernels, "layer", weight, bias, shape[0]);
        for (int i = 0; i < weight.length; i++) {
            assertThat(pass.weight(i / taps, i % taps)).isEqualTo(weight[i]);
        }
        for (int c = 0; c < bias.length; c++) {
            assertThat(pass.bias(c)).isEqualTo(bias[c]);
        }
    }

    @Test
    void refusesWeightsOfAnotherShape() {
        assertThatThrownBy(() -> new DepthwisePass(Kernels.plain(), "layer", new float[27], new float[2], 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("27 weights for 2 channels of 3^3");
        assertThatThrownBy(() -> new DepthwisePass(Kernels.plain(), "layer", new float[8], new float[1], 2))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
