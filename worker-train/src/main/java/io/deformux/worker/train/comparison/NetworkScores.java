package io.deformux.worker.train.comparison;

import io.deformux.evaluation.StructureScore;
import io.deformux.evaluation.statistics.Sample;
import io.deformux.schemas.FigureSummary;
import io.deformux.schemas.LabelFigures;
import io.deformux.worker.train.measurement.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The scores of one network on the cases of all its folds. A case's figure is the mean over its labels; a structure that was
 * missed counts as 0 in Dice and NSD and has no distance.
 *
 * @param labels names by value, the background first
 * @param cases a score per case and label, fold after fold
 */
record NetworkScores(List<String> labels, List<List<StructureScore>> cases) {
    private static final double DECIMALS = 1e6;

    static NetworkScores of(List<Scores> folds) {
        List<List<StructureScore>> cases = new ArrayList<>();
        folds.forEach(fold -> cases.addAll(fold.cases()));
        return new NetworkScores(folds.get(0).labels(), cases);
    }

    /** The Dice of each case; NaN for one without any label. */
    double[] dicePerCase() {
        return perCase(StructureScore::dice);
    }

    FigureSummary dice() {
        return summary(dicePerCase(), missed());
    }

    FigureSummary distance() {
        return summary(perCase(NetworkScores::finiteDistance), missed());
    }

    FigureSummary surfaceDice() {
        return summary(perCase(StructureScore::surfaceDice), missed());
    }

    List<LabelFigures> perLabel() {
        List<LabelFigures> figures = new ArrayList<>();
        for (int label = 1; label < labels.size(); label++) {
            List<StructureScore> scores = ofLabel(label);
            int missed = (int) scores.stream().filter(StructureScore::missed).count();
            figures.add(new LabelFigures(
                    label,
                    labels.get(label),
                    summary(values(scores, StructureScore::dice), missed),
                    summary(values(scores, NetworkScores::finiteDistance), missed),
                    summary(values(scores, StructureScore::surfaceDice), missed)));
        }
        return figures;
    }

    private int missed() {
        return (int) cases.stream()
                .flatMap(List::stream)
                .filter(StructureScore::missed)
                .count();
    }

    private List<StructureScore> ofLabel(int label) {
        return cases.stream().map(each -> each.get(label - 1)).toList();
    }

    private double[] perCase(ToDoubleFunction<StructureScore> figure) {
        return cases.stream()
                .mapToDouble(each -> Sample.of(values(each, figure)).mean().orElse(Double.NaN))
                .toArray();
    }

    private static double[] values(List<StructureScore> scores, ToDoubleFunction<StructureScore> figure) {
        return scores.stream().mapToDouble(figure).toArray();
    }

    private static double finiteDistance(StructureScore score) {
        return score.missed() ? Double.NaN : score.hausdorff95();
    }

    private static FigureSummary summary(double[] values, int missed) {
        Sample sample = Sample.of(values);
        return new FigureSummary(rounded(sample.mean()), rounded(sample.sd()), sample.count(), missed);
    }

    private static Optional<Double> rounded(OptionalDouble value) {
        return value.isPresent() ? Optional.of(Math.rint(value.getAsDouble() * DECIMALS) / DECIMALS) : Optional.empty();
    }
}
