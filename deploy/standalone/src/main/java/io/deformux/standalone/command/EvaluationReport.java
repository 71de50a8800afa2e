package io.deformux.standalone.command;

import io.deformux.evaluation.LabelScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Scores of several cases, for people and for machines; with the mean per label over the cases where there is something to
 * score.
 *
 * @param cases in order
 */
record EvaluationReport(List<Case> cases) {

    /** The scores of one case. */
    record Case(String name, List<LabelScore> scores) {}

    /** One line per case and label, then the means. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("%-32s %5s %8s %10s %8s".formatted("case", "label", "Dice", "HD95 mm", "NSD"));
        cases.forEach(each -> each.scores()
                .forEach(score -> lines.add(
                        line(each.name(), score.label(), score.dice(), score.hausdorff95(), score.surfaceDice()))));
        byLabel()
                .forEach((label, scores) -> lines.add(line(
                        "mean of " + cases.size() + " case(s)",
                        label,
                        mean(scores, LabelScore::dice),
                        mean(scores, LabelScore::hausdorff95),
                        mean(scores, LabelScore::surfaceDice))));
        return lines;
    }

    private static String line(String name, int label, double dice, double hausdorff95, double surfaceDice) {
        return String.format(Locale.ROOT, "%-32s %5d %8.4f %10.2f %8.4f", name, label, dice, hausdorff95, surfaceDice);
    }

    /** The same as a tree; NaN and infinity are null. */
    Map<String, Object> json() {
        List<Object> listed = new ArrayList<>();
        cases.forEach(each -> each.scores().forEach(score -> {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("case", each.name());
            values.putAll(values(score.label(), score.dice(), score.hausdorff95(), score.surfaceDice()));
            values.put("truthVoxels", score.truthVoxels());
            values.put("predictionVoxels", score.predictionVoxels());
            listed.add(values);
        }));
        List<Object> means = new ArrayList<>();
        byLabel()
                .forEach((label, scores) -> means.add(values(
                        label,
                        mean(scores, LabelScore::dice),
                        mean(scores, LabelScore::hausdorff95),
                        mean(scores, LabelScore::surfaceDice))));
        return Map.of("cases", listed, "means", means);
    }

    private static Map<String, Object> values(int label, double dice, double hausdorff95, double surfaceDice) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("label", label);
        values.put("dice", finiteOrNull(dice));
        values.put("hd95Mm", finiteOrNull(hausdorff95));
        values.put("nsd", finiteOrNull(surfaceDice));
        return values;
    }

    private static Object finiteOrNull(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private Map<Integer, List<LabelScore>> byLabel() {
        Map<Integer, List<LabelScore>> byLabel = new TreeMap<>();
        cases.forEach(each -> each.scores()
                .forEach(score -> byLabel.computeIfAbsent(score.label(), label -> new ArrayList<>())
                        .add(score)));
        return byLabel;
    }

    private static double mean(List<LabelScore> scores, ToDoubleFunction<LabelScore> measure) {
        return scores.stream()
                .mapToDouble(measure)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }
}
