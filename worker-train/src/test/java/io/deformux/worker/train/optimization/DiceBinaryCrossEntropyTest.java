package io.deformux.worker.train.optimization;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.torchscript.GradientTape;
import io.deformux.network.torchscript.TorchEngine;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The loss of regions by its formula in plain loops, and its gradient by differences. */
class DiceBinaryCrossEntropyTest {
    private static final List<List<Integer>> REGIONS = List.of(List.of(1, 2), List.of(2));
    private static final int IGNORED = 255;
    private static final int VOXELS = 12;
    private static final byte[] LABELS = {0, 1, 2, 0, 0, 1, 2, 2, 1, 0, -1, -1};

    @Test
    void itIsSoftDiceOfTheSigmoidAndBinaryCrossEntropyOfEachRegion() {
        float[] logits = logits();
        byte[] labels = LABELS.clone();
        Arrays.fill(labels, 10, 12, (byte) 1);

        assertThat(loss(logits, labels, OptionalInt.empty())).isCloseTo(plain(logits, labels, VOXELS), within(1e-5));
        assertThat(loss(logits, LABELS, OptionalInt.of(IGNORED)))
                .as("the last two voxels count for nothing")
                .isCloseTo(plain(logits, LABELS, 10), within(1e-5));
    }

    @Test
    void largeLogitsHaveNoInfiniteLossAndTheGradientFollowsTheLoss() {
        float[] logits = logits();
        logits[0] = 200;
        logits[1] = -200;
        assertThat(loss(logits, LABELS, OptionalInt.of(IGNORED))).isFinite();
        try (NDManager scope = TorchEngine.start().newBaseManager()) {
            NDArray array = array(scope, logits);
            array.setRequiresGradient(true);
            try (GradientTape tape = new GradientTape()) {
                tape.backward(
                        new DiceBinaryCrossEntropy(REGIONS).of(array, labels(scope, LABELS), OptionalInt.of(IGNORED)));
            }
            float[] gradient = array.getGradient().toFloatArray();
            for (int n = 2; n < 2 * VOXELS; n++) {
                float[] more = logits.clone();
                float[] less = logits.clone();
                more[n] += 0.01f;
                less[n] -= 0.01f;
                assertThat((double) gradient[n])
                        .isCloseTo((plain(more, LABELS, 10) - plain(less, LABELS, 10)) / 0.02, within(1e-3));
            }
            assertThatArray(Arrays.copyOfRange(gradient, 10, 12)).containsOnly(0);
        }
    }

    private static double loss(float[] logits, byte[] labels, OptionalInt ignored) {
        try (NDManager scope = TorchEngine.start().newBaseManager()) {
            return new DiceBinaryCrossEntropy(REGIONS)
                    .of(array(scope, logits), labels(scope, labels), ignored)
                    .getFloat();
        }
    }

    /** Over the first {@code known} voxels. */
    private static double plain(float[] logits, byte[] labels, int known) {
        double entropy = 0;
        double dice = 0;
        for (int r = 0; r < REGIONS.size(); r++) {
            double overlap = 0;
            double sizes = 0;
            for (int v = 0; v < known; v++) {
                double x = logits[r * VOXELS + v];
                double p = 1 / (1 + Math.exp(-x));
                int t = REGIONS.get(r).contains((int) labels[v]) ? 1 : 0;
                entropy += x > 0 ? Math.log1p(Math.exp(-x)) + (1 - t) * x : Math.log1p(Math.exp(x)) - t * x;
                overlap += p * t;
                sizes += p + t;
            }
            dice += (2 * overlap + 1e-5) / (sizes + 1e-5);
        }
        return 1 - dice / REGIONS.size() + entropy / (REGIONS.size() * known);
    }

    private static float[] logits() {
        Random random = new Random(5);
        float[] logits = new float[2 * VOXELS];
        for (int n = 0; n < logits.length; n++) {
            logits[n] = (float) random.nextGaussian();
        }
        return logits;
    }

    private static NDArray array(NDManager scope, float[] values) {
        return scope.create(FloatBuffer.wrap(values), new Shape(1, 2, 2, 2, 3), DataType.FLOAT32);
    }

    private static NDArray labels(NDManager scope, byte[] values) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.length);
        bytes.put(values).rewind();
        return scope.create(bytes, new Shape(1, 1, 2, 2, 3), DataType.UINT8);
    }
}
