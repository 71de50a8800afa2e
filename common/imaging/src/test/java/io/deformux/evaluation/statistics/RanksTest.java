package io.deformux.evaluation.statistics;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RanksTest {
    @Test
    void equalMeansShareTheBetterRankAndNoMeanIsLast() {
        assertThatArray(Ranks.of(0.5, 0.9, 0.5, Double.NaN, 0.1)).isEqualTo(new int[] {2, 1, 2, 5, 4});
    }

    @Test
    void whoIsBestOnEveryCaseIsFirstInEveryDraw() {
        double[][] shares = Ranks.shares(new double[][] {{0.1, 0.2, 0.3}, {0.2, 0.3, 0.4}}, 200, 1);

        assertThatArray(shares[0]).isEqualTo(new double[] {0, 1});
        assertThatArray(shares[1]).isEqualTo(new double[] {1, 0});
    }

    /** Of two cases three draws of four hold the first case, where the other network is far worse. */
    @Test
    void theSharesAreThoseOfTheDraws() {
        double[][] shares = Ranks.shares(new double[][] {{0.9, 0.4}, {0.1, 0.5}}, 20_000, 7);

        assertThat(shares[0][0]).isEqualTo(0.75, within(0.015));
        assertThat(shares[1][1]).isEqualTo(0.75, within(0.015));
    }

    @Test
    void theSameSeedGivesTheSameSharesAndEveryNetworkHasARankInEveryDraw() {
        double[][] figures = {{0.9, 0.4, Double.NaN, 0.6}, {0.1, 0.5, 0.7, 0.6}, {0.4, 0.6, 0.5, 0.5}};
        double[][] shares = Ranks.shares(figures, 1000, 3);

        assertThat(Arrays.deepEquals(shares, Ranks.shares(figures, 1000, 3))).isTrue();
        assertThat(Arrays.deepEquals(shares, Ranks.shares(figures, 1000, 4))).isFalse();
        for (double[] network : shares) {
            assertThat(Arrays.stream(network).sum()).isEqualTo(1, within(1e-9));
        }
    }

    @Test
    void withoutCasesAllShareTheFirstRank() {
        assertThatArray(Ranks.shares(new double[2][0], 10, 1)[1]).isEqualTo(new double[] {1, 0});
    }
}
