package io.deformux.network.proof;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoiseTest {
    @Test
    void aSeedAlwaysGivesTheSameValuesAndAnotherOneOthers() {
        assertThatArray(Noise.of(1000, 7).array()).isEqualTo(Noise.of(1000, 7).array());
        assertThat(Noise.of(1000, 7)).isNotEqualTo(Noise.of(1000, 8));
    }

    @Test
    void valuesLieInZeroToOneFromPositionZero() {
        assertThat(Noise.of(1000, 7).position()).isZero();
        assertThat(Noise.of(1000, 7).remaining()).isEqualTo(1000);
        float least = 1;
        float most = 0;
        for (float value : Noise.of(1000, 7).array()) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        assertThat(least).isBetween(0f, 0.1f);
        assertThat(most).isBetween(0.9f, 1f);
    }
}
