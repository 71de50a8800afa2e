package io.deformux.inference;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.inference.WindowPlan.Origin;
import io.deformux.volume.Shape3;
import org.junit.jupiter.api.Test;

class WindowPlanTest {

    @Test
    void movesTheLastWindowBackToTheEnd() {
        WindowPlan plan = new WindowPlan(new Shape3(30, 25, 19), new Shape3(16, 16, 16), 0.25);
        assertThatArray(plan.starts(0)).containsExactly(0, 12, 14);
        assertThatArray(plan.starts(1)).containsExactly(0, 9);
        assertThatArray(plan.starts(2)).containsExactly(0, 3);
        assertThat(plan.count()).isEqualTo(12);
    }

    @Test
    void truncatesTheIntervalInDoubleArithmetic() {
        assertThat(new WindowPlan(new Shape3(200, 200, 200), new Shape3(96, 96, 96), 0.7).interval(0))
                .isEqualTo(28);
    }

    @Test
    void movesByAtLeastOneVoxel() {
        WindowPlan plan = new WindowPlan(new Shape3(4, 2, 2), new Shape3(2, 2, 2), 0.9);
        assertThatArray(plan.starts(0)).containsExactly(0, 1, 2);
        assertThat(plan.interval(1)).isEqualTo(2);
    }

    @Test
    void putsTheSmallerHalfOfThePaddingFirst() {
        WindowPlan plan = new WindowPlan(new Shape3(9, 14, 7), new Shape3(16, 16, 16), 0.25);
        assertThat(plan.padded()).isEqualTo(new Shape3(16, 16, 16));
        assertThat(plan.padBefore(0)).isEqualTo(3);
        assertThat(plan.padBefore(1)).isEqualTo(1);
        assertThat(plan.padBefore(2)).isEqualTo(4);
        assertThat(plan.origin(0)).isEqualTo(new Origin(-3, -1, -4));
    }

    @Test
    void numbersWindowsWithTheLastAxisFastest() {
        WindowPlan plan = new WindowPlan(new Shape3(4, 4, 4), new Shape3(2, 2, 2), 0);
        assertThat(plan.count()).isEqualTo(8);
        assertThat(plan.origin(1)).isEqualTo(new Origin(0, 0, 2));
        assertThat(plan.origin(2)).isEqualTo(new Origin(0, 2, 0));
        assertThat(plan.origin(4)).isEqualTo(new Origin(2, 0, 0));
    }
}
