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
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Voxels without a class count for nothing: the loss is that of the others alone. */
class IgnoredVoxelsTest {
    private static final int IGNORED = 255;
    private static final int CLASSES = 3;
    /** (1, classes, 4, 2, 3), of which the last two planes along the first axis have no class. */
    private static final int PLANE = 6;

    @Test
    void theLossIsThatOfTheOtherVoxelsAlone() {
        float[] all = logits(4);
        byte[] labels = {0, 1, 2, 0, 0, 1, 2, 2, 1, 0, 1, 0, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        float[] first = new float[CLASSES * 2 * PLANE];
        for (int c = 0; c < CLASSES; c++) {
            System.arraycopy(all, c * 4 * PLANE, first, c * 2 * PLANE, 2 * PLANE);
        }
        try (NDManager scope = TorchEngine.start().newBaseManager()) {
            NDArray logits = array(scope, all, 4);
            logits.setRequiresGradient(true);
            DiceCrossEntropy.Loss masked;
            try (GradientTape tape = new GradientTape()) {
                masked = new DiceCrossEntropy().where(IGNORED, logits, labels(scope, labels, 4));
                tape.backward(masked.total());
            }
            DiceCrossEntropy.Loss alone = new DiceCrossEntropy()
                    .of(array(scope, first, 2), labels(scope, Arrays.copyOf(labels, 2 * PLANE), 2));

            assertThat(masked.dice().getFloat()).isCloseTo(alone.dice().getFloat(), within(1e-6f));
            assertThat(masked.crossEntropy().getFloat())
                    .isCloseTo(alone.crossEntropy().getFloat(), within(1e-6f));
            float[] gradient = logits.getGradient().toFloatArray();
            for (int c = 0; c < CLASSES; c++) {
                int from = c * 4 * PLANE + 2 * PLANE;
                assertThatArray(Arrays.copyOfRange(gradient, from, from + 2 * PLANE))
                        .containsOnly(0);
                assertThat(gradient[c * 4 * PLANE]).isNotZero();
            }
        }
    }

    @Test
    void withoutAnyClassThereIsNothingToLearn() {
        byte[] none = new byte[2 * PLANE];
        Arrays.fill(none, (byte) IGNORED);
        try (NDManager scope = TorchEngine.start().newBaseManager()) {
            DiceCrossEntropy.Loss loss =
                    new DiceCrossEntropy().where(IGNORED, array(scope, logits(2), 2), labels(scope, none, 2));

            assertThat(loss.total().getFloat()).isZero();
        }
    }

    @Test
    void whereAllHaveOneItIsTheReferencesLoss() {
        byte[] labels = {0, 1, 2, 0, 0, 1, 2, 2, 1, 0, 1, 0};
        try (NDManager scope = TorchEngine.start().newBaseManager()) {
            NDArray logits = array(scope, logits(2), 2);

            assertThat(new DiceCrossEntropy()
                            .where(IGNORED, logits, labels(scope, labels, 2))
                            .total()
                            .getFloat())
                    .isCloseTo(
                            new DiceCrossEntropy()
                                    .of(logits, labels(scope, labels, 2))
                                    .total()
                                    .getFloat(),
                            within(1e-6f));
        }
    }

    private static float[] logits(int planes) {
        Random random = new Random(5);
        float[] logits = new float[CLASSES * planes * PLANE];
        for (int n = 0; n < logits.length; n++) {
            logits[n] = (float) random.nextGaussian();
        }
        return logits;
    }

    private static NDArray array(NDManager scope, float[] values, int planes) {
        return scope.create(FloatBuffer.wrap(values), new Shape(1, CLASSES, planes, 2, 3), DataType.FLOAT32);
    }

    private static NDArray labels(NDManager scope, byte[] values, int planes) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.length);
        bytes.put(values).rewind();
        return scope.create(bytes, new Shape(1, 1, planes, 2, 3), DataType.UINT8);
    }
}
