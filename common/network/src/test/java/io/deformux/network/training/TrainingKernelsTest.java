package io.deformux.network.training;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The best kernels of this JVM against the plain ones, over ranges that fill vectors and ranges that do not. */
class TrainingKernelsTest {
    private static final int ROOM = 64;

    private final TrainingKernels plain = TrainingKernels.plain();
    private final TrainingKernels best = TrainingKernels.best();
    private final Random random = new Random(1);

    static IntStream lengths() {
        return IntStream.of(1, 3, 7, 8, 15, 16, 17, 31, 32, 33, 48, 63, 100);
    }

    @Test
    void areVectorsHere() {
        assertThat(best.name()).startsWith("vector");
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void correlate(int n) {
        int terms = 7;
        int stride = n + ROOM;
        float[] x = values(terms * stride);
        int[] distances = IntStream.range(0, terms).map(q -> q * (stride - 3)).toArray();
        float[] weights = values(4 * terms);
        for (int outputs = 1; outputs <= 4; outputs++) {
            float[] expected = values(4 * stride);
            float[] actual = expected.clone();
            plain.correlation().correlate(x, 2, distances, weights, expected, 5, stride, outputs, n);
            best.correlation().correlate(x, 2, distances, weights, actual, 5, stride, outputs, n);
            assertClose(actual, expected);
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void accumulate(int n) {
        float[] x = values(3 * (n + ROOM));
        float[] g = values(4 * (n + ROOM));
        int calls = 3;
        for (int outputs = 1; outputs <= 4; outputs++) {
            float[] expected = totals(plain.correlation(), x, g, outputs, n, calls);
            float[] actual = totals(best.correlation(), x, g, outputs, n, calls);
            for (int i = 0; i < calls * 12; i++) {
                if (i % 4 < outputs) {
                    assertThat(actual[i]).as("sum %d", i).isCloseTo(expected[i], within(2e-5f));
                }
            }
        }
    }

    private static float[] totals(CorrelationKernel kernel, float[] x, float[] g, int outputs, int n, int calls) {
        float[] sums = new float[kernel.length(calls)];
        for (int call = 0; call < calls; call++) {
            for (int repeat = 0; repeat < 2; repeat++) {
                kernel.accumulate(x, call, 2 + n, 9 + call, g, 3, n + 11, outputs, n, sums, call * kernel.sums());
            }
        }
        kernel.total(sums, calls);
        return sums;
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void maps(int n) {
        float[] x = values(n + ROOM);
        float[] z = values(n + ROOM);
        assertThat(best.maps().sum(x, 3, n)).isCloseTo(plain.maps().sum(x, 3, n), within(1e-5f));
        assertThat(best.maps().squares(x, 3, 0.2f, n)).isCloseTo(plain.maps().squares(x, 3, 0.2f, n), within(3e-5f));
        assertThat(best.maps().product(z, 1, x, 3, 0.2f, n))
                .isCloseTo(plain.maps().product(z, 1, x, 3, 0.2f, n), within(2e-5f));

        float[] expected = values(n + ROOM);
        float[] actual = expected.clone();
        plain.maps().combine(x, 1, 0.3f, z, 2, -0.7f, 0.1f, expected, 4, n);
        best.maps().combine(x, 1, 0.3f, z, 2, -0.7f, 0.1f, actual, 4, n);
        assertClose(actual, expected);
        plain.maps().leaky(expected, 4, n);
        best.maps().leaky(actual, 4, n);
        assertClose(actual, expected);
        x[5] = 0;
        plain.maps().leakyGradient(x, 4, expected, 3, n);
        best.maps().leakyGradient(x, 4, actual, 3, n);
        assertClose(actual, expected);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void norms(int n) {
        int channels = 5;
        int stride = n + 20;
        float[] x = values(channels * stride + ROOM);
        float[] g = values(channels * stride + ROOM);
        float[] weight = values(channels);
        float[] bias = values(channels);
        float[] expected = new float[channels * stride + ROOM];
        float[] actual = expected.clone();
        plain.voxels().norm(x, 2, stride, weight, bias, expected, 3, stride, n);
        best.voxels().norm(x, 2, stride, weight, bias, actual, 3, stride, n);
        assertClose(actual, expected);

        float[] expectedSums = new float[2 * channels];
        float[] sums = new float[2 * channels * best.voxels().lanes()];
        plain.voxels().normGradient(x, 2, stride, weight, g, 4, expected, 4, stride, n, expectedSums);
        best.voxels().normGradient(x, 2, stride, weight, g, 4, actual, 4, stride, n, sums);
        assertClose(actual, expected);
        assertClose(added(sums), expectedSums);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void scaling(int n) {
        VoxelKernel.Scaling scaling = new VoxelKernel.Scaling(wide(8), values(8), values(8), values(2), values(2));
        float[] x = wide(n + ROOM);
        float[] residual = values(n + ROOM);
        float[] expected = new float[n + ROOM];
        float[] actual = expected.clone();
        plain.voxels().scale(scaling, 1, x, 2, residual, expected, 3, n);
        best.voxels().scale(scaling, 1, x, 2, residual, actual, 3, n);
        assertClose(actual, expected);

        float[] expectedSums = new float[13];
        float[] sums = new float[13 * best.voxels().lanes()];
        plain.voxels().scaleGradient(scaling, 1, x, 2, residual, expected, 4, n, expectedSums);
        best.voxels().scaleGradient(scaling, 1, x, 2, residual, actual, 4, n, sums);
        assertClose(actual, expected);
        assertClose(added(sums), expectedSums);
    }

    /** The sum of each group of lanes. */
    private float[] added(float[] sums) {
        float[] totals = new float[sums.length / best.voxels().lanes()];
        for (int i = 0; i < sums.length; i++) {
            totals[i / best.voxels().lanes()] += sums[i];
        }
        return totals;
    }

    @Test
    void folds() {
        int lanes = VectorFold.LANES;
        float[] vectors = new float[VectorFold.length(40)];
        double[] expected = new double[vectors.length / lanes];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = random.nextFloat();
            expected[i / lanes] += vectors[i];
        }
        VectorFold.totals(vectors, expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(vectors[i]).isCloseTo((float) expected[i], within(1e-5f));
        }
    }

    private float[] wide(int n) {
        float[] values = values(n);
        for (int i = 0; i < n; i++) {
            values[i] *= 4;
        }
        return values;
    }

    private float[] values(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    /** Everywhere: what lies outside the range must not change. */
    private static void assertClose(float[] actual, float[] expected) {
        float largest = 1;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThatArray(actual).isCloseTo(expected, 4e-6 * largest);
    }
}
