package io.deformux.network.architecture.deformux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.network.architecture.layered.FoldedScaling;
import io.deformux.network.architecture.layered.HeadPass;
import io.deformux.network.kernel.ChannelAffine;
import io.deformux.network.kernel.Erf;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.MapView;
import io.deformux.network.kernel.Maps;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The passes that only this network has against their definitions, for both number formats and both sets of kernels. */
class DeformUxPassesTest {
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
    void channelScaling(Kernels kernels, boolean half, int c) {
        float[][] p = new float[7][];
        for (int i = 0; i < p.length; i++) {
            p[i] = Maps.random(4 * c, 11 + i, 1);
        }
        float[] gamma = Arrays.copyOf(p[0], c);
        FoldedScaling scaling = FoldedScaling.fold(p[1], p[2], p[3], p[4], p[5], p[6], gamma, 1);
        float[] y = Maps.random(c, 20, 2);
        float[] result = Maps.random(c, 21, 1);
        float[] residual = result.clone();
        scaling.addTo(result, y, kernels.rows(), c);
        for (int k = 0; k < c; k++) {
            double normal = y[k] * (double) p[1][k] + p[2][k];
            double sum = p[6][k];
            for (int m = 4 * k; m < 4 * k + 4; m++) {
                sum += p[5][m] * (double) Erf.gelu((float) (normal * p[3][m] + p[4][m]));
            }
            close(result[k], residual[k] + gamma[k] * sum);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void head(Kernels kernels, boolean half, int c) {
        for (int classes : List.of(1, 3, 16, 17)) {
            float[] weight = Maps.random(classes * c, 30, 1);
            float[] bias = Maps.random(classes, 31, 1);
            ChannelAffine norm = new ChannelAffine(Maps.random(c, 32, 1), Maps.random(c, 33, 1));
            MapView map = Maps.of(half, Maps.random(c * VOXELS, 34, 1), D, H, W, c);
            MapView other = Maps.of(half, Maps.random(c * VOXELS, 35, 1), D, H, W, c);
            FloatBuffer logits = FloatBuffer.allocate(2 + classes * VOXELS);
            new HeadPass(kernels, weight, bias).apply(map, norm, other, ChannelAffine.identity(c), logits, 2);
            float[] x = Maps.last(map);
            float[] y = Maps.last(other);
            for (int v = 0; v < VOXELS; v++) {
                for (int k = 0; k < classes; k++) {
                    double expected = bias[k];
                    for (int i = 0; i < c; i++) {
                        double z = x[v * c + i] * (double) norm.scale()[i] + norm.shift()[i] + y[v * c + i];
                        expected += weight[k * c + i] * Math.max(z, 0.01 * z);
                    }
                    close(logits.get(2 + k * VOXELS + v), expected);
                }
            }
        }
    }

    private static void close(float actual, double expected) {
        assertThat((double) actual).isCloseTo(expected, within(1e-4 + 2e-5 * Math.abs(expected)));
    }
}
