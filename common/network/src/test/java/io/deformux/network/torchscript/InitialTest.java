package io.deformux.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.network.weights.CounterRandom;
import org.junit.jupiter.api.Test;

/** First values are spread as their names say. */
class InitialTest {
    private static final int COUNT = 100_000;

    @Test
    void normalOnesHaveMeanZeroAndTheirDeviation() {
        requireSpread(Initial.truncatedNormal(0.02), 0.02);
        requireSpread(Initial.kaimingNormal(27, 0.01), Math.sqrt(2 / (1.0001 * 27)));
    }

    @Test
    void uniformOnesFillTheirBounds() {
        // A uniform distribution within b has the deviation b / sqrt(3).
        requireSpread(Initial.ofFanIn(48), 1 / Math.sqrt(48) / Math.sqrt(3));
        requireSpread(Initial.xavierUniform(20, 30), Math.sqrt(6.0 / 50) / Math.sqrt(3));
    }

    @Test
    void nothingLiesBeyondTheCut() {
        for (float value : new Initial.Normal(5, 2).values(1000, new CounterRandom(1), 0)) {
            assertThat(value).isBetween(-2f, 2f);
        }
    }

    private static void requireSpread(Initial initial, double deviation) {
        double sum = 0;
        double squares = 0;
        for (float value : initial.values(COUNT, new CounterRandom(7), 3)) {
            sum += value;
            squares += value * value;
        }
        assertThat(sum / COUNT).isCloseTo(0, within(0.02 * deviation));
        assertThat(Math.sqrt(squares / COUNT)).isCloseTo(deviation, within(0.02 * deviation));
    }
}
