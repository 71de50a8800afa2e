package io.deformux.evaluation.statistics;

import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * The two-sided Wilcoxon signed-rank test of paired figures (Wilcoxon 1945, Biometrics Bulletin 1, 80-83). Pairs that are
 * equal are left out, as Wilcoxon did. Exact for up to 50 pairs whose differences have no ties, otherwise by the normal
 * approximation with corrections for ties and continuity.
 *
 * @param pairs how many pairs have both figures, those that are equal included
 * @param pValue 1 where no pair differs
 */
public record SignedRankTest(int pairs, double pValue) {

    /** Of two networks' figures of the same cases; a pair of which one is NaN is left out. */
    public static SignedRankTest of(double[] one, double[] other) {
        if (one.length != other.length) {
            throw new IllegalArgumentException(one.length + " figures against " + other.length);
        }
        double[] differences = IntStream.range(0, one.length)
                .mapToDouble(n -> one[n] - other[n])
                .filter(d -> !Double.isNaN(d))
                .toArray();
        double[] different = IntStream.range(0, differences.length)
                .mapToDouble(n -> differences[n])
                .filter(d -> d != 0)
                .toArray();
        double p = different.length == 0
                ? 1
                : WilcoxonSignedRankTest.withDefaults().test(different).getPValue();
        return new SignedRankTest(differences.length, p);
    }
}
