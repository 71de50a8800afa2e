package io.deformux.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against published values and against counts of all sign patterns. */
class SignedRankTestTest {
    /** Darwin's maize (Fisher, The Design of Experiments); the p-value is what SciPy's manual gives for it. */
    private static final double[] MAIZE = {6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75};

    @Test
    void theMaizeHasItsPublishedPValue() {
        SignedRankTest test = SignedRankTest.of(MAIZE, new double[MAIZE.length]);

        assertThat(test.pValue()).isEqualTo(0.041259765625, within(1e-15));
        assertThat(test.pairs()).isEqualTo(15);
    }

    @Test
    void whichIsFirstDoesNotMatter() {
        assertThat(SignedRankTest.of(new double[MAIZE.length], MAIZE))
                .isEqualTo(SignedRankTest.of(MAIZE, new double[MAIZE.length]));
    }

    @Test
    void ofFewPairsThePValueIsTheShareOfSignPatternsThatAreAsFar() {
        for (int n = 1; n <= 8; n++) {
            double[] differences = Arrays.copyOf(new double[] {0.5, -1, 2, 3, -4, 5, 6, 7}, n);

            assertThat(SignedRankTest.of(differences, new double[n]).pValue())
                    .as("of %d pairs", n)
                    .isEqualTo(shareOfPatterns(differences), within(1e-12));
        }
    }

    /** By counting all 2^n of them; the differences ascend by size, so that the rank is the place. */
    private static double shareOfPatterns(double[] differences) {
        double mean = differences.length * (differences.length + 1) / 4.0;
        double observed = 0;
        for (int n = 0; n < differences.length; n++) {
            observed += differences[n] > 0 ? n + 1 : 0;
        }
        int far = 0;
        for (int pattern = 0; pattern < 1 << differences.length; pattern++) {
            double sum = 0;
            for (int n = 0; n < differences.length; n++) {
                sum += (pattern >> n & 1) * (n + 1);
            }
            far += Math.abs(sum - mean) >= Math.abs(observed - mean) ? 1 : 0;
        }
        return far / Math.pow(2, differences.length);
    }

    @Test
    void pairsThatAreEqualAreLeftOutOfTheTestAndCounted() {
        double[] one = {0, 6, 8, 14, 16, 0, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75};

        SignedRankTest test = SignedRankTest.of(one, new double[one.length]);

        assertThat(test.pValue()).isEqualTo(0.041259765625, within(1e-15));
        assertThat(test.pairs()).isEqualTo(17);
    }

    @Test
    void tiesAreCorrectedFor() {
        // Ranks 2, 2, 4, -2, 5, 6, 7: 26 of 28; variance 35 - 24/48; z = (26 - 14 - 0.5) / sqrt(34.5).
        SignedRankTest test = SignedRankTest.of(new double[] {1, 1, 2, -1, 3, 4, 5}, new double[7]);

        assertThat(test.pValue()).isEqualTo(0.0502429, within(1e-6));
    }

    @Test
    void whereNoPairDiffersThereIsNoDifference() {
        assertThat(SignedRankTest.of(new double[] {0.5, 0.7}, new double[] {0.5, 0.7}))
                .isEqualTo(new SignedRankTest(2, 1));
        assertThat(SignedRankTest.of(new double[0], new double[0])).isEqualTo(new SignedRankTest(0, 1));
    }

    @Test
    void aCaseThatOneHasNoFigureForIsNoPair() {
        SignedRankTest test = SignedRankTest.of(new double[] {1, Double.NaN, 3, 4}, new double[] {0, 0, Double.NaN, 0});

        assertThat(test).isEqualTo(SignedRankTest.of(new double[] {1, 4}, new double[] {0, 0}));
    }

    @Test
    void figuresOfDifferentCasesAreNotCompared() {
        assertThatThrownBy(() -> SignedRankTest.of(new double[3], new double[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 figures against 4");
    }
}
