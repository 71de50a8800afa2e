package io.deformux.evaluation.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's step-down correction of several p-values (Holm 1979, Scandinavian Journal of Statistics 6, 65-70). */
public final class Holm {
    private Holm() {}

    /** The adjusted p-values, in the order of these. */
    public static double[] adjusted(double... pValues) {
        List<Integer> ascending = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(n -> pValues[n]))
                .toList();
        double[] adjusted = new double[pValues.length];
        double largest = 0;
        for (int step = 0; step < pValues.length; step++) {
            int n = ascending.get(step);
            largest = Math.max(largest, Math.min(1, (pValues.length - step) * pValues[n]));
            adjusted[n] = largest;
        }
        return adjusted;
    }
}
