package io.deformux.evaluation.statistics;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HolmTest {
    @Test
    void theSmallestIsMultipliedByAllAndTheOthersByWhatIsLeft() {
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") = 0.03 0.06 0.06 0.02
        double[] adjusted = Holm.adjusted(0.01, 0.04, 0.03, 0.005);

        double[] expected = {0.03, 0.06, 0.06, 0.02};
        for (int n = 0; n < expected.length; n++) {
            assertThat(adjusted[n]).isEqualTo(expected[n], within(1e-12));
        }
    }

    @Test
    void nothingIsAboveOne() {
        assertThatArray(Holm.adjusted(0.7, 0.6)).isEqualTo(new double[] {1, 1});
        assertThatArray(Holm.adjusted()).isEqualTo(new double[0]);
    }
}
