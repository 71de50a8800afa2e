package io.deformux.network.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** IEEE 754 binary16. */
class HalfTest {
    @Test
    void everyHalfComesBackAsItself() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Half.toFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(Half.of(value)).as("bits %x", bits).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void valuesGoToTheNearestOne() {
        Random random = new Random(3);
        for (int n = 0; n < 10_000; n++) {
            float value = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(34) - 22));
            if (Math.abs(value) >= 65520) {
                continue;
            }
            short half = Half.of(value);
            double error = Math.abs(Half.toFloat(half) - value);
            for (int step : new int[] {-1, 1}) {
                float neighbour = Half.toFloat((short) (half + step));
                if (Float.isFinite(neighbour)) {
                    assertThat(error).as("%s", value).isLessThanOrEqualTo(Math.abs(neighbour - value));
                }
            }
        }
    }

    @Test
    void tiesGoToEvenAndWhatIsTooLargeToInfinity() {
        assertThat(Half.toFloat(Half.of(2049))).isEqualTo(2048);
        assertThat(Half.toFloat(Half.of(2051))).isEqualTo(2052);
        assertThat(Half.toFloat(Half.of(65519))).isEqualTo(65504);
        assertThat(Half.toFloat(Half.of(65520))).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Half.toFloat(Half.of(-70000))).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Half.toFloat(Half.of(Float.NaN))).isNaN();
        assertThat(Half.toFloat(Half.of(0x1p-25f))).isEqualTo(0);
        assertThat(Half.toFloat(Half.of(0x1.8p-24f))).isEqualTo(0x1p-23f);
    }
}
