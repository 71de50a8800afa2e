package io.deformux.network.architecture.deformux;

import static io.deformux.testing.ArrayAssert.assertThatArray;

import io.deformux.network.kernel.DeformablePass;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.MapView;
import io.deformux.network.kernel.Maps;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The deformable kernels against the definition, for channel counts that fill no vector and that fill several. */
class DeformableKernelTest {

    static Stream<Arguments> forms() {
        return Stream.of(Kernels.plain(), Kernels.best())
                .flatMap(kernels -> Stream.of(1, 3, 8, 15, 16, 17, 32, 33, 48, 50)
                        .map(channels -> Arguments.of(kernels, channels)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void likeTheDefinition(Kernels kernels, int c) {
        Random random = new Random(c);
        for (float reach : new float[] {0, 0.7f, 3, 20}) {
            int[] size = {1 + random.nextInt(5), 1 + random.nextInt(6), 1 + random.nextInt(9)};
            int voxels = size[0] * size[1] * size[2];
            float[] x = values(random, c * voxels, 1);
            float[] offset = values(random, 81 * voxels, reach);
            // Quarters and whole numbers too: positions on the grid and on its border.
            IntStream.range(0, offset.length / 2).forEach(i -> offset[2 * i] = Math.round(offset[2 * i] * 4) / 4f);
            float[] weight = values(random, 27 * c, 1);
            float[] bias = values(random, c, 1);
            double[] expected = new DefinedConvolution(1, c, size[0], size[1], size[2])
                    .apply(doubles(x), doubles(offset), doubles(weight), doubles(bias));

            MapView result = Maps.blank(false, size[0], size[1], size[2], c);
            new DeformablePass(kernels, weight, bias)
                    .apply(
                            Maps.of(false, x, size[0], size[1], size[2], c),
                            Maps.of(false, offset, size[0], size[1], size[2], 81),
                            result);
            assertThatArray(Maps.planar(result)).isCloseTo(expected, 2e-5);
        }
    }

    private static float[] values(Random random, int n, float size) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = size * (2 * random.nextFloat() - 1);
        }
        return values;
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
