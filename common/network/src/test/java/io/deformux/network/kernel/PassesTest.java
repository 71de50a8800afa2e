package io.deformux.network.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pass against its definition, value by value in double, for both number formats and both sets of kernels. */
class PassesTest {
    private static final int D = 3;
    private static final int H = 5;
    private static final int W = 7;
    private static final int VOXELS = D * H * W;

    static Stream<Arguments> forms() {
        return Stream.of(Kernels.plain(), Kernels.best()).flatMap(kernels -> Stream.of(false, true)
                .flatMap(half -> Stream.of(1, 3, 16, 48, 50).map(c -> Arguments.of(kernels, half, c))));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void instanceStatistics(Kernels kernels, boolean half, int c) {
        float[] values = Maps.random(c * VOXELS, 1, 1);
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] * (1 + i / VOXELS) + 300;
        }
        MapView map = Maps.of(half, values, D, H, W, c);
        ChannelAffine norm = new InstanceStatistics(kernels).of(map);
        float[] stored = Maps.planar(map);
        for (int channel = 0; channel < c; channel++) {
            float[] of = Arrays.copyOfRange(stored, channel * VOXELS, (channel + 1) * VOXELS);
            double mean = 0;
            for (float value : of) {
                mean += value / (double) VOXELS;
            }
            double variance = 0;
            for (float value : of) {
                variance += (value - mean) * (value - mean) / VOXELS;
            }
            double scale = 1 / Math.sqrt(variance + 1e-5);
            assertThat(norm.scale()[channel]).isCloseTo((float) scale, within((float) (1e-4 * scale)));
            assertThat(norm.shift()[channel]).isCloseTo((float) (-mean * scale), within((float) (1e-4 * mean * scale)));
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void activations(Kernels kernels, boolean half, int c) {
        ChannelAffine norm = new ChannelAffine(Maps.random(c, 2, 1), Maps.random(c, 3, 1));
        ChannelAffine otherNorm = new ChannelAffine(Maps.random(c, 4, 1), Maps.random(c, 5, 1));
        MapView map = Maps.of(half, Maps.random(c * VOXELS, 6, 1), D, H, W, c);
        MapView other = Maps.of(half, Maps.random(c * VOXELS, 7, 1), D, H, W, c);
        float[] x = Maps.last(map);
        float[] y = Maps.last(other);

        new Activation(kernels).apply(map, norm);
        float[] alone = Maps.last(map);
        for (int i = 0; i < x.length; i++) {
            double z = (double) x[i] * norm.scale()[i % c] + norm.shift()[i % c];
            close(alone[i], Math.max(z, 0.01 * z), half);
        }
        new Activation(kernels).join(map, norm, other, otherNorm);
        float[] joined = Maps.last(map);
        for (int i = 0; i < x.length; i++) {
            double z = (double) alone[i] * norm.scale()[i % c]
                    + norm.shift()[i % c]
                    + (double) y[i] * otherNorm.scale()[i % c]
                    + otherNorm.shift()[i % c];
            close(joined[i], Math.max(z, 0.01 * z), half);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void layerNorm(Kernels kernels, boolean half, int c) {
        ChannelAffine learned = new ChannelAffine(Maps.random(c, 8, 1), Maps.random(c, 9, 1));
        MapView from = Maps.of(half, Maps.random(c * VOXELS, 10, 2), D, H, W, c);
        MapView to = Maps.blank(half, D, H, W, c);
        new LayerNormPass(kernels, learned).apply(from, to);
        float[] x = Maps.last(from);
        float[] y = Maps.last(to);
        for (int v = 0; v < VOXELS; v++) {
            double[] expected = standardised(Arrays.copyOfRange(x, v * c, (v + 1) * c));
            for (int k = 0; k < c; k++) {
                close(y[v * c + k], expected[k] * learned.scale()[k] + learned.shift()[k], half);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void doubling(Kernels kernels, boolean half, int c) {
        MapView children = Maps.of(half, Maps.random(8 * c * VOXELS, 40, 1), D, H, W, 8 * c);
        MapView skip = Maps.of(half, Maps.random(8 * VOXELS * 2, 41, 1), 2 * D, 2 * H, 2 * W, 2);
        MapView joined = Maps.blank(half, 2 * D, 2 * H, 2 * W, c + 2);
        MapView alone = Maps.blank(half, 2 * D, 2 * H, 2 * W, c);
        new DoublingPass().apply(children, skip, joined);
        new DoublingPass().apply(children, alone);
        float[] from = Maps.last(children);
        float[] beside = Maps.last(skip);
        float[] to = Maps.last(joined);
        float[] up = Maps.last(alone);
        for (int v = 0; v < 8 * VOXELS; v++) {
            int w = v % (2 * W);
            int h = v / (2 * W) % (2 * H);
            int d = v / (2 * W) / (2 * H);
            int parent = (d / 2 * H + h / 2) * W + w / 2;
            int tap = d % 2 * 4 + h % 2 * 2 + w % 2;
            for (int k = 0; k < c; k++) {
                assertThat(to[v * (c + 2) + k]).isEqualTo(from[(parent * 8 + tap) * c + k]);
                assertThat(up[v * c + k]).isEqualTo(from[(parent * 8 + tap) * c + k]);
            }
            assertThat(to[v * (c + 2) + c]).isEqualTo(beside[v * 2]);
            assertThat(to[v * (c + 2) + c + 1]).isEqualTo(beside[v * 2 + 1]);
        }
    }

    private static double[] standardised(float[] row) {
        double mean = 0;
        for (float value : row) {
            mean += value / (double) row.length;
        }
        double variance = 0;
        for (float value : row) {
            variance += (value - mean) * (value - mean) / row.length;
        }
        double[] result = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            result[i] = (row[i] - mean) / Math.sqrt(variance + 1e-6);
        }
        return result;
    }

    private static void close(float actual, double expected, boolean half) {
        double relative = half ? 1.0 / 256 : 2e-5;
        assertThat((double) actual).isCloseTo(expected, within(1e-4 + relative * Math.abs(expected)));
    }
}
