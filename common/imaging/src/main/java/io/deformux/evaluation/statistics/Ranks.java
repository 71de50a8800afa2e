package io.deformux.evaluation.statistics;

import java.util.Arrays;
import java.util.Random;

/** Who is best by the mean over cases, and how much that hangs on the cases. */
public final class Ranks {
    private Ranks() {}

    /**
     * The ranks of means, 1 for the largest; equal ones share the better rank, and NaN share the last one.
     *
     * @return one rank per mean
     */
    public static int[] of(double... means) {
        int[] ranks = new int[means.length];
        for (int n = 0; n < means.length; n++) {
            double mean = orLast(means[n]);
            ranks[n] = 1
                    + (int) Arrays.stream(means)
                            .filter(other -> orLast(other) > mean)
                            .count();
        }
        return ranks;
    }

    /**
     * How often each network has each rank when the cases are drawn anew with replacement, as many as there are (Efron's
     * bootstrap). All networks see the same draws. The generator is {@link Random}, whose numbers Java specifies.
     *
     * @param figures one row per network with a figure per case, larger is better
     * @param resamples how often to draw
     * @param seed of the draws: the same gives the same shares
     * @return one row per network, with the share of the draws in which it has the rank 1, 2, …
     */
    public static double[][] shares(double[][] figures, int resamples, long seed) {
        int[][] counts = new int[figures.length][figures.length];
        int cases = figures.length == 0 ? 0 : figures[0].length;
        Random random = new Random(seed);
        for (int draw = 0; draw < resamples; draw++) {
            int[] drawn = cases == 0 ? new int[0] : random.ints(cases, 0, cases).toArray();
            int[] ranks = of(Arrays.stream(figures)
                    .mapToDouble(network -> Sample.of(Arrays.stream(drawn)
                                    .mapToDouble(n -> network[n])
                                    .toArray())
                            .mean()
                            .orElse(Double.NaN))
                    .toArray());
            for (int network = 0; network < figures.length; network++) {
                counts[network][ranks[network] - 1]++;
            }
        }
        return Arrays.stream(counts)
                .map(row -> Arrays.stream(row)
                        .mapToDouble(count -> (double) count / resamples)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double orLast(double mean) {
        return Double.isNaN(mean) ? Double.NEGATIVE_INFINITY : mean;
    }
}
