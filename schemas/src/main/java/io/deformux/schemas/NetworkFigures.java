package io.deformux.schemas;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A network's row of the table. A case's figure is the mean over its labels, the background left out.
 *
 * @param name what the comparison calls it
 * @param architecture its kind, as {@code ux-net}
 * @param trainingId its training
 * @param rank by mean Dice, 1 for the best; equal ones share the better rank
 * @param parameters of the network
 * @param multiplyAccumulates of one window
 * @param dice Dice coefficient over the cases, 0 to 1
 * @param hd95Mm Hausdorff distance, 95th percentile, in mm
 * @param nsd normalised surface Dice at 1 mm, 0 to 1
 * @param labels the same per label
 * @param pairs of the test against the best network: cases that both have a Dice for; absent for the best
 * @param pValue two-sided p-value of the Wilcoxon signed-rank test of the cases' Dice against the best network; absent for
 *     the best
 * @param adjustedPValue the same after Holm's correction for all those tests; absent for the best
 * @param rankShares the share of the resamples of the cases in which it has each rank, the first first
 * @param trainingMs time in the steps of all folds in ms
 * @param inferenceMs time of the sliding window per scan in ms, the mean
 * @param peakMemoryBytes the largest resident memory of a worker's process over the folds; absent where it is not known
 * @param model the published model
 * @param modelUri its folder
 */
public record NetworkFigures(
        String name,
        String architecture,
        String trainingId,
        int rank,
        long parameters,
        long multiplyAccumulates,
        FigureSummary dice,
        FigureSummary hd95Mm,
        FigureSummary nsd,
        List<LabelFigures> labels,
        Optional<Integer> pairs,
        Optional<Double> pValue,
        Optional<Double> adjustedPValue,
        List<Double> rankShares,
        long trainingMs,
        double inferenceMs,
        Optional<Long> peakMemoryBytes,
        ModelVersion model,
        URI modelUri) {
    /** A row; the lists are copied, what is optional may be empty but not {@code null}. */
    public NetworkFigures {
        labels = List.copyOf(labels);
        rankShares = List.copyOf(rankShares);
        Objects.requireNonNull(pairs, "pairs");
        Objects.requireNonNull(pValue, "pValue");
        Objects.requireNonNull(adjustedPValue, "adjustedPValue");
        Objects.requireNonNull(peakMemoryBytes, "peakMemoryBytes");
    }
}
