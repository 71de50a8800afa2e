package io.deformux.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LinearAxisTest {

    @Test
    void looksBetweenTheVoxelsAroundAPosition() {
        LinearAxis axis = LinearAxis.of(3, 0.25, 1.5, 10);

        assertThat(axis.low(1)).isEqualTo(1);
        assertThat(axis.high(1)).isEqualTo(2);
        assertThat(axis.fraction(1)).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void staysOnTheBorderVoxelsOutside() {
        LinearAxis axis = LinearAxis.of(5, -2, 2, 4);

        assertThat(axis.low(0)).isZero();
        assertThat(axis.fraction(0)).isZero();
        assertThat(axis.low(4)).isEqualTo(3);
        assertThat(axis.high(4)).isEqualTo(3);
        assertThat(axis.fraction(4)).isZero();
    }

    @Test
    void takesAPositionThatRoundingMovedOffAVoxelCentreToBeOnIt() {
        LinearAxis axis = LinearAxis.of(2, 2.9999999, 1e-3, 10);

        assertThat(axis.low(0)).isEqualTo(3);
        assertThat(axis.fraction(0)).isZero();
        assertThat(axis.fraction(1)).isCloseTo(1e-3, within(1e-6));
    }

    @Test
    void hasOnlyOneVoxelToLookAtOnAnAxisOfSizeOne() {
        LinearAxis axis = LinearAxis.of(3, 0, 0.4, 1);

        for (int n = 0; n < 3; n++) {
            assertThat(axis.low(n)).isZero();
            assertThat(axis.high(n)).isZero();
            assertThat(axis.fraction(n)).isZero();
        }
    }
}
