package io.deformux.network.training;

import static io.deformux.testing.ArrayAssert.assertThatArray;

import io.deformux.network.architecture.deformux.ModuleProbe.Run;
import io.deformux.network.architecture.deformux.ModuleProbe.Values;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The deformable convolution with the best kernels against the plain ones, forwards and backwards. */
class SamplingTest {
    private final Random random = new Random(1);

    /** Channels that half fill a vector, fill it, fill several, and that do not. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 7, 8, 12, 16, 20, 32, 48})
    void agrees(int channels) {
        int[] shape = {2, channels, 5, 4, 6};
        Values x = values(1, shape);
        // Offsets that leave the volume, and some that are whole numbers.
        Values offset = values(2, 2, 81, 5, 4, 6);
        for (int i = 0; i < offset.values().length; i += 5) {
            offset.values()[i] = Math.rint(offset.values()[i]);
        }
        offset.values()[3] = Double.NaN;
        offset.values()[11] = 1e9;
        Values weight = values(1, channels, 1, 3, 3, 3);
        Values bias = values(1, channels);
        Values gradient = values(1, shape);

        Run expected = LayerProbe.deformable(TrainingKernels.plain(), gradient, x, offset, weight, bias);
        Run actual = LayerProbe.deformable(TrainingKernels.best(), gradient, x, offset, weight, bias);

        assertClose(actual.outputs().get(0), expected.outputs().get(0));
        for (int n = 0; n < 4; n++) {
            assertClose(
                    actual.inputGradients().get(n), expected.inputGradients().get(n));
        }
    }

    private Values values(double size, int... shape) {
        int length = 1;
        for (int n : shape) {
            length *= n;
        }
        return new Values(
                shape, random.doubles(length, -size, size).map(v -> (float) v).toArray());
    }

    private static void assertClose(Values actual, Values expected) {
        double largest = 1;
        for (double value : expected.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThatArray(actual.values()).isCloseTo(expected.values(), 3e-6 * largest);
    }
}
