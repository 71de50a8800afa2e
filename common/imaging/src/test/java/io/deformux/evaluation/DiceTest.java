package io.deformux.evaluation;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DiceTest {
    // Class 0: 1 shared of 1 + 2. Class 1: 2 shared of 3 + 2. Class 2: only in the prediction. Class 3: nowhere.
    // Class 4: only in the truth.
    private static final byte[] PREDICTION = {0, 1, 1, 1, 2};
    private static final byte[] TRUTH = {0, 1, 1, 0, 4};

    @Test
    void isTwiceTheSharedVoxelsOverAllVoxels() {
        assertThatArray(new Dice(true, true).perClass(PREDICTION, TRUTH, 5))
                .containsExactly(2.0 / 3, 4.0 / 5, Double.NaN, Double.NaN, 0);
    }

    @Test
    void scoresEmptyTruthByThePredictionWhenAsked() {
        assertThatArray(new Dice(true, false).perClass(PREDICTION, TRUTH, 5))
                .containsExactly(2.0 / 3, 4.0 / 5, 0, 1, 0);
    }

    @Test
    void leavesTheBackgroundOutWhenAsked() {
        assertThatArray(new Dice(false, false).perClass(PREDICTION, TRUTH, 5)).containsExactly(4.0 / 5, 0, 1, 0);
    }

    @Test
    void takesLabelsAsUnsigned() {
        byte[] both = {(byte) 200};
        assertThat(Dice.REFERENCE.perClass(both, both, 201)[200]).isEqualTo(1);
    }

    @Test
    void refusesLabelsThatAreNoClassAndMapsOfDifferentSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dice.REFERENCE.perClass(PREDICTION, TRUTH, 4))
                .withMessageContaining("label 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dice.REFERENCE.perClass(PREDICTION, new byte[4], 5))
                .withMessageContaining("5 voxels");
    }
}
