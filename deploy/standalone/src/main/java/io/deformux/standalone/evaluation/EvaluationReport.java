package io.deformux.standalone.evaluation;

import io.deformux.evaluation.LabelScore;
import io.deformux.evaluation.LabelScore.Presence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Scores of several cases, for people and for machines; with mean and median per label, each with the number of cases that it
 * covers.
 *
 * @param cases in order
 * @param labels the classes that any side of any case has, rising; none of them is left out of a case
 */
public record EvaluationReport(List<ScoredCase> cases, List<Integer> labels) {

    /** The report of scored cases. */
    public static EvaluationReport of(List<ScoredCase> cases) {
        List<Integer> labels = cases.stream()
                .flatMap(each -> each.scores().stream())
                .filter(score -> score.presence() != Presence.ABSENT)
                .map(LabelScore::label)
                .distinct()
                .sorted()
                .toList();
        return new EvaluationReport(List.copyOf(cases), labels);
    }

    LabelMeans means(int label) {
        return new LabelMeans(label, cases.stream().map(each -> each.of(label)).toList());
    }

    /** One line per case and label, then means and medians. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("%-40s %5s %8s %10s %8s".formatted("case", "label", "Dice", "HD95 mm", "NSD"));
        for (ScoredCase each : cases) {
            for (int label : labels) {
                lines.add(line(each.pair().name(), each.of(label)));
            }
        }
        labels.forEach(label -> lines.addAll(lines(means(label))));
        return lines;
    }

    private static String line(String name, LabelScore score) {
        String distance =
                switch (score.presence()) {
                    case FOUND -> number(score.hausdorff95(), 2);
                    case MISSED -> "missed";
                    case SPURIOUS -> "spurious";
                    case ABSENT -> "absent";
                };
        return line(name, score.label(), number(score.dice(), 4), distance, number(score.surfaceDice(), 4));
    }

    private List<String> lines(LabelMeans means) {
        long lacking = means.count(Presence.MISSED) + means.count(Presence.SPURIOUS);
        String counted = means.counted() == cases.size() ? "" : means.counted() + " of ";
        String covered = " of " + counted + cases.size() + " case(s)";
        List<String> lines = new ArrayList<>();
        lines.add(line(
                "mean" + covered,
                means.label(),
                number(means.mean(LabelScore::dice), 4),
                number(means.mean(LabelScore::hausdorff95), 2),
                number(means.mean(LabelScore::surfaceDice), 4)));
        if (lacking > 0) {
            lines.add(line(
                    "mean of " + means.count(Presence.FOUND) + " of " + cases.size() + " case(s), found",
                    means.label(),
                    number(means.meanOfFound(LabelScore::dice), 4),
                    number(means.meanOfFound(LabelScore::hausdorff95), 2),
                    number(means.meanOfFound(LabelScore::surfaceDice), 4)));
        }
        lines.add(line(
                "median" + covered,
                means.label(),
                number(means.median(LabelScore::dice), 4),
                number(means.median(LabelScore::hausdorff95), 2),
                number(means.median(LabelScore::surfaceDice), 4)));
        said(means.label(), means).ifPresent(lines::add);
        return lines;
    }

    private static Optional<String> said(int label, LabelMeans means) {
        List<String> parts = new ArrayList<>();
        if (means.count(Presence.MISSED) > 0) {
            parts.add("missed in " + means.count(Presence.MISSED) + " case(s)");
        }
        if (means.count(Presence.SPURIOUS) > 0) {
            parts.add("found where there is none in " + means.count(Presence.SPURIOUS) + " case(s)");
        }
        String worst = parts.isEmpty() ? "" : " (Dice and NSD 0, infinitely far, ranked worst)";
        String text = String.join(" and ", parts) + worst;
        if (means.count(Presence.ABSENT) > 0) {
            text += (text.isEmpty() ? "" : "; ") + "not counted in " + means.count(Presence.ABSENT)
                    + " case(s), which have it on neither side";
        }
        return text.isEmpty() ? Optional.empty() : Optional.of("label " + label + " is " + text);
    }

    private static String line(String name, int label, String dice, String hausdorff95, String surfaceDice) {
        return "%-40s %5d %8s %10s %8s".formatted(name, label, dice, hausdorff95, surfaceDice);
    }

    private static String number(double value, int decimals) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return Double.isInfinite(value) ? "inf" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** The same as a tree; what is infinite or not defined is null. */
    public Map<String, Object> json() {
        List<Object> listed = new ArrayList<>();
        List<Object> means = new ArrayList<>();
        for (ScoredCase each : cases) {
            labels.forEach(label -> listed.add(json(each.pair().name(), each.of(label))));
        }
        labels.forEach(label -> means.add(json(means(label))));
        return Map.of("cases", listed, "means", means);
    }

    private static Map<String, Object> json(String name, LabelScore score) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("case", name);
        values.put("label", score.label());
        values.put("structure", score.presence().name().toLowerCase(Locale.ROOT));
        values.put("dice", finiteOrNull(score.dice()));
        values.put("hd95Mm", finiteOrNull(score.hausdorff95()));
        values.put("nsd", finiteOrNull(score.surfaceDice()));
        values.put("truthVoxels", score.truthVoxels());
        values.put("predictionVoxels", score.predictionVoxels());
        return values;
    }

    private static Map<String, Object> json(LabelMeans means) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("label", means.label());
        values.put("cases", means.counted());
        values.put("found", means.count(Presence.FOUND));
        values.put("missed", means.count(Presence.MISSED));
        values.put("spurious", means.count(Presence.SPURIOUS));
        values.put("absent", means.count(Presence.ABSENT));
        values.put("dice", finiteOrNull(means.mean(LabelScore::dice)));
        values.put("hd95Mm", finiteOrNull(means.mean(LabelScore::hausdorff95)));
        values.put("nsd", finiteOrNull(means.mean(LabelScore::surfaceDice)));
        values.put("hd95MmOfFound", finiteOrNull(means.meanOfFound(LabelScore::hausdorff95)));
        values.put("medianDice", finiteOrNull(means.median(LabelScore::dice)));
        values.put("medianHd95Mm", finiteOrNull(means.median(LabelScore::hausdorff95)));
        return values;
    }

    private static Object finiteOrNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
