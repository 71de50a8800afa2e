package io.deformux.worker.train.publish;

import io.deformux.schemas.FoldResult;
import io.deformux.schemas.LabelDice;
import io.deformux.schemas.LabelSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Dice over folds.
 *
 * @param labels one entry per label or region, which a name stands for, in the order of the folds
 * @param mean the mean of the folds' own mean Dice
 * @param sd their sample standard deviation (n - 1); empty with fewer than two folds
 */
public record DiceSummary(List<LabelSummary> labels, double mean, Optional<Double> sd) {

    /** Of at least one fold. */
    public static DiceSummary of(List<FoldResult> folds) {
        // By name: a region had the value of its label once, and has its place among the regions now.
        Map<String, Integer> values = new LinkedHashMap<>();
        Map<String, List<Double>> scores = new LinkedHashMap<>();
        for (FoldResult fold : folds) {
            for (LabelDice label : fold.dice()) {
                values.putIfAbsent(label.name(), label.value());
                List<Double> ofLabel = scores.computeIfAbsent(label.name(), name -> new ArrayList<>());
                label.dice().ifPresent(ofLabel::add);
            }
        }
        List<LabelSummary> labels = new ArrayList<>();
        values.forEach((name, value) -> labels.add(summary(value, name, scores.get(name))));
        List<Double> means = folds.stream().map(FoldResult::meanDice).toList();
        return new DiceSummary(List.copyOf(labels), mean(means), sd(means));
    }

    private static LabelSummary summary(int value, String name, List<Double> scores) {
        Optional<Double> mean = scores.isEmpty() ? Optional.empty() : Optional.of(mean(scores));
        return new LabelSummary(value, name, scores.size(), mean, sd(scores));
    }

    private static double mean(List<Double> values) {
        double sum = values.stream().mapToDouble(Double::doubleValue).sum();
        return Math.min(sum / values.size(), 1); // rounding can pass 1 by a hair
    }

    private static Optional<Double> sd(List<Double> values) {
        if (values.size() < 2) {
            return Optional.empty();
        }
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return Optional.of(Math.sqrt(squares / (values.size() - 1)));
    }
}
