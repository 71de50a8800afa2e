package io.deformux.worker.train.random;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same seed and place give the same numbers; other places give others; all are spread evenly. */
class RandomStreamTest {

    @Test
    void theSamePlaceAlwaysGivesTheSameNumbers() {
        RandomStream one = RandomStream.at(7, 12, 1);
        RandomStream other = RandomStream.at(7, 12, 1);

        for (int n = 0; n < 10; n++) {
            assertThat(one.uniform()).isEqualTo(other.uniform());
        }
    }

    @Test
    void neighbouringSeedsAndPlacesAreUnrelated() {
        double[] first = new double[2000];
        for (int n = 0; n < 1000; n++) {
            first[n] = RandomStream.at(3, n).uniform();
            first[1000 + n] = RandomStream.at(n, 3).uniform();
        }

        assertThat(Arrays.stream(first).distinct().count()).isGreaterThan(1995);
        assertThat(Arrays.stream(first).average().orElse(0)).isCloseTo(0.5, within(0.03));
        assertThat(Arrays.stream(first).filter(u -> u < 0.1).count()).isBetween(150L, 250L);
    }

    @Test
    void boundedIntegersReachEveryValueAndNoOther() {
        RandomStream random = RandomStream.at(1);
        int[] counts = new int[5];
        for (int n = 0; n < 5000; n++) {
            counts[random.below(5)]++;
        }

        for (int count : counts) {
            assertThat(count).isBetween(850, 1150);
        }
        assertThatThrownBy(() -> random.below(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void coinsFallBothWays() {
        RandomStream random = RandomStream.at(2);

        long heads = IntStream.range(0, 1000).filter(n -> random.coin()).count();

        assertThat(heads).isBetween(430L, 570L);
    }

    @Test
    void permutationsHoldEveryIndexOnceAndDiffer() {
        int[] one = RandomStream.at(1).permutation(20);
        int[] other = RandomStream.at(2).permutation(20);

        assertThatArray(Arrays.stream(one).sorted().toArray())
                .isEqualTo(IntStream.range(0, 20).toArray());
        assertThatArray(other).isNotEqualTo(one);
    }

    @Test
    void gaussianNumbersHaveTheMomentsOfTheNormalDistribution() {
        RandomStream random = RandomStream.at(12);
        double[] drawn =
                IntStream.range(0, 100_000).mapToDouble(n -> random.gaussian()).toArray();

        assertThat(Arrays.stream(drawn).average().orElseThrow()).isCloseTo(0, within(0.01));
        assertThat(Arrays.stream(drawn).map(x -> x * x).average().orElseThrow()).isCloseTo(1, within(0.02));
        assertThat(Arrays.stream(drawn).map(x -> x * x * x * x).average().orElseThrow())
                .isCloseTo(3, within(0.15));
        assertThat(Arrays.stream(drawn).filter(x -> Math.abs(x) > 1.96).count()).isBetween(4_700L, 5_300L);
    }
}
