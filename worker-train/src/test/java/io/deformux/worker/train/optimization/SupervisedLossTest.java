package io.deformux.worker.train.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.torchscript.TorchEngine;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The loss of several outputs. */
class SupervisedLossTest {
    private static final DiceCrossEntropy EACH = new DiceCrossEntropy();

    @Test
    void eachOutputIsComparedWithTheLabelsAtItsOwnResolution() {
        try (NDManager scope = TorchEngine.start().newBaseManager()) {
            NDArray fine = scope.randomNormal(new Shape(1, 2, 4, 2, 4));
            NDArray coarse = scope.randomNormal(new Shape(1, 2, 2, 2, 2));
            byte[] all = new byte[32];
            byte[] kept = new byte[8];
            for (int i = 0; i < all.length; i++) {
                all[i] = (byte) (i * 7 % 5 % 2);
            }
            for (int i = 0; i < kept.length; i++) {
                kept[i] = all[(i / 4 * 2 * 2 + i / 2 % 2) * 4 + i % 2 * 2];
            }
            NDArray labels = scope.create(ByteBuffer.wrap(all), new Shape(1, 1, 4, 2, 4), DataType.UINT8);
            NDArray nearest = scope.create(ByteBuffer.wrap(kept), new Shape(1, 1, 2, 2, 2), DataType.UINT8);

            double loss = new SupervisedLoss(List.of(0.75, 0.25), new DiceCrossEntropy())
                    .of(new NDList(fine, coarse), labels, OptionalInt.empty())
                    .getFloat();

            assertThat(loss)
                    .isCloseTo(
                            0.75 * EACH.of(fine, labels).total().getFloat()
                                    + 0.25 * EACH.of(coarse, nearest).total().getFloat(),
                            within(1e-5));
        }
    }

    @Test
    void anOutputThatNoWeightIsForIsAFault() {
        try (NDManager scope = TorchEngine.start().newBaseManager()) {
            NDArray logits = scope.zeros(new Shape(1, 2, 2, 2, 2));
            assertThatThrownBy(() -> new SupervisedLoss(List.of(1.0), new DiceCrossEntropy())
                            .of(new NDList(logits, logits), logits, OptionalInt.empty()))
                    .hasMessageContaining("2 outputs for 1 loss weights");
        }
    }
}
