package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.network.torchscript.GradientTape;
import io.deformux.network.torchscript.TorchEngine;
import io.deformux.worker.train.optimization.DiceCrossEntropy;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** {@code loss/}: the loss, its parts and its gradient. */
@Tag("parity")
class LossParityTest {

    @TestFactory
    Stream<DynamicTest> lossAndGradient() {
        return Fixtures.json("loss/loss.json").get("cases").properties().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> check(Fixtures.npz("loss/" + entry.getKey() + ".npz"), entry.getValue())));
    }

    private static void check(Npz npz, JsonNode expected) {
        try (NDManager scope = TorchEngine.start().newBaseManager();
                GradientTape tape = new GradientTape()) {
            NDArray logits = scope.create(
                    FloatBuffer.wrap(npz.get("logits").floats()), shape(npz.get("logits")), DataType.FLOAT32);
            logits.setRequiresGradient(true);

            DiceCrossEntropy.Loss loss = new DiceCrossEntropy().of(logits, labels(scope, npz.get("label")));
            NDArray total = loss.total();
            tape.backward(total);

            assertThat((double) total.getFloat()).isCloseTo(expected.get("loss").asDouble(), within(1e-5));
            assertThat((double) loss.dice().getFloat())
                    .isCloseTo(expected.get("dice_loss").asDouble(), within(1e-5));
            assertThat((double) loss.crossEntropy().getFloat())
                    .isCloseTo(expected.get("ce_loss").asDouble(), within(1e-5));
            assertThatArray(logits.getGradient().toFloatArray())
                    .isCloseTo(npz.get("grad").floats(), 1e-7);
        }
    }

    static NDArray labels(NDManager scope, Npz.NpyArray array) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(array.size());
        for (int label : array.ints()) {
            bytes.put((byte) label);
        }
        return scope.create(bytes.rewind(), shape(array), DataType.UINT8);
    }

    static Shape shape(Npz.NpyArray array) {
        return new Shape(Arrays.stream(array.shape()).asLongStream().toArray());
    }
}
