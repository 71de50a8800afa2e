package io.deformux.radiomics;

import java.util.Arrays;
import java.util.Map;

/** Statistics of the values (reference manual, section 3.3), and of their levels entropy and uniformity (3.4). */
final class FirstOrder {
    private FirstOrder() {}

    /**
     * The features.
     *
     * @param sorted the values, ascending, at least one
     */
    static Map<String, Double> of(float[] sorted, Levels levels) {
        int n = sorted.length;
        double mean = mean(sorted, 0, n);
        double[] moment = new double[5];
        double energy = 0;
        double deviation = 0;
        double fromMedian = 0;
        double median = percentile(sorted, 50);
        for (float value : sorted) {
            double off = value - mean;
            double square = off * off;
            moment[2] += square / n;
            moment[3] += square * off / n;
            moment[4] += square * square / n;
            energy += (double) value * value;
            deviation += Math.abs(off) / n;
            fromMedian += Math.abs(value - median) / n;
        }
        double variance = moment[2];
        double low = percentile(sorted, 25);
        double high = percentile(sorted, 75);
        double p10 = percentile(sorted, 10);
        double p90 = percentile(sorted, 90);
        double[] share = shares(levels, n);
        return new FeatureList()
                .with("mean", mean)
                .with("variance", variance)
                .with("skewness", variance == 0 ? 0 : moment[3] / Math.pow(variance, 1.5))
                .with("excessKurtosis", variance == 0 ? 0 : moment[4] / (variance * variance) - 3)
                .with("median", median)
                .with("minimum", sorted[0])
                .with("percentile10", p10)
                .with("percentile90", p90)
                .with("maximum", sorted[n - 1])
                .with("interquartileRange", high - low)
                .with("range", (double) sorted[n - 1] - sorted[0])
                .with("meanAbsoluteDeviation", deviation)
                .with("robustMeanAbsoluteDeviation", robustDeviation(sorted, p10, p90))
                .with("medianAbsoluteDeviation", fromMedian)
                .with("coefficientOfVariation", Math.sqrt(variance) / mean)
                .with("quartileCoefficientOfDispersion", (high - low) / (high + low))
                .with("energy", energy)
                .with("rootMeanSquare", Math.sqrt(energy / n))
                .with("discretisedEntropy", Entropy.of(share))
                .with(
                        "discretisedUniformity",
                        Arrays.stream(share).map(p -> p * p).sum())
                .all();
    }

    private static double[] shares(Levels levels, int n) {
        return Arrays.stream(levels.counts())
                .mapToDouble(count -> (double) count / n)
                .toArray();
    }

    private static double mean(float[] values, int from, int to) {
        double sum = 0;
        for (int n = from; n < to; n++) {
            sum += values[n];
        }
        return sum / (to - from);
    }

    /** Of the values from the 10th to the 90th percentile. */
    private static double robustDeviation(float[] sorted, double p10, double p90) {
        int from = 0;
        while (sorted[from] < p10) {
            from++;
        }
        int to = sorted.length;
        while (sorted[to - 1] > p90) {
            to--;
        }
        double mean = mean(sorted, from, to);
        double sum = 0;
        for (int n = from; n < to; n++) {
            sum += Math.abs(sorted[n] - mean);
        }
        return sum / (to - from);
    }

    /** Between two ranks in proportion. */
    static double percentile(float[] sorted, double percent) {
        double rank = percent / 100 * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * ((double) sorted[above] - sorted[below]);
    }
}
