package io.deformux.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The scores of several cases, one row per case and one column per class, and their means. NaN entries ("nothing to
 * score") are left out, as MONAI's metric reduction does; a mean over nothing is 0.
 */
public final class ScoreTable {

    /**
     * A mean or sum.
     *
     * @param value the mean or sum, 0 if nothing was counted
     * @param counted how many entries that were not NaN went in
     */
    public record Aggregate(double value, int counted) {}

    private final List<double[]> cases = new ArrayList<>();
    private final List<Double> runningMeans = new ArrayList<>();

    /** Adds a case: its score per class, NaN where there is nothing to score. */
    public void add(double[] scores) {
        if (!cases.isEmpty() && scores.length != cases.get(0).length) {
            throw new IllegalArgumentException(scores.length + " scores, other cases have " + cases.get(0).length);
        }
        cases.add(scores.clone());
        runningMeans.add(mean().value());
    }

    /**
     * The mean over cases of each case's mean over classes; cases without any score are left out. This is not the mean
     * of all entries. MONAI's reduction "mean".
     */
    public Aggregate mean() {
        return mean(perCase().stream()
                .mapToDouble(mean -> mean.counted() == 0 ? Double.NaN : mean.value())
                .toArray());
    }

    /** The mean over cases per class; MONAI's reduction "mean_batch". */
    public List<Aggregate> perClass() {
        int classes = cases.isEmpty() ? 0 : cases.get(0).length;
        return IntStream.range(0, classes)
                .mapToObj(c ->
                        mean(cases.stream().mapToDouble(scores -> scores[c]).toArray()))
                .toList();
    }

    /** The mean over classes per case; MONAI's reduction "mean_channel". */
    public List<Aggregate> perCase() {
        return cases.stream().map(ScoreTable::mean).toList();
    }

    /** The sum of all entries; MONAI's reduction "sum". */
    public Aggregate sum() {
        return sum(cases.stream().flatMapToDouble(Arrays::stream).toArray());
    }

    /** {@link #mean()} as it stood after each case. */
    public List<Double> runningMeans() {
        return List.copyOf(runningMeans);
    }

    /**
     * The mean of {@link #runningMeans()}: the validation number that the reference's training script reports and picks
     * the best weights by, which weighs early cases more.
     */
    public double meanOfRunningMeans() {
        return runningMeans.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static Aggregate mean(double[] values) {
        Aggregate sum = sum(values);
        return new Aggregate(sum.counted() == 0 ? 0 : sum.value() / sum.counted(), sum.counted());
    }

    private static Aggregate sum(double[] values) {
        double sum = 0;
        int counted = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += value;
                counted++;
            }
        }
        return new Aggregate(sum, counted);
    }
}
