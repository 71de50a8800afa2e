package io.deformux.worker.train.comparison;

import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.FigureSummary;
import io.deformux.schemas.LabelFigures;
import io.deformux.schemas.NetworkFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The table of a comparison for people: on a terminal and as Markdown. */
public final class ComparisonReport {
    private static final double MILLION = 1e6;
    private static final double BILLION = 1e9;
    private static final double SECOND = 1e3;
    private static final int PERCENT = 100;

    private final ComparisonCompleted comparison;

    /** Of that result. */
    public ComparisonReport(ComparisonCompleted comparison) {
        this.comparison = comparison;
    }

    /** For a terminal. */
    public List<String> plain() {
        return written("", TextTable::plain);
    }

    /** As Markdown. */
    public List<String> markdown() {
        List<String> lines = new ArrayList<>(List.of("# Comparison " + comparison.comparisonId(), ""));
        lines.addAll(written("## ", TextTable::markdown));
        return lines;
    }

    private List<String> written(String mark, Function<TextTable, List<String>> form) {
        List<String> lines = new ArrayList<>();
        section(
                lines,
                mark + "Networks by mean Dice over " + comparison.cases()
                        + " cases (mean ± standard deviation; of how many, where not of all)",
                form.apply(networks()));
        section(lines, mark + "Dice per label", form.apply(labels(LabelFigures::dice, 4)));
        section(
                lines,
                mark + "HD95 per label in mm, of what was not missed",
                form.apply(labels(LabelFigures::hd95Mm, 2)));
        section(lines, mark + "NSD per label at 1 mm", form.apply(labels(LabelFigures::nsd, 4)));
        section(
                lines,
                mark + "Share of each rank when the cases are drawn anew " + comparison.resamples() + " times",
                form.apply(ranks()));
        if (!comparison.failed().isEmpty()) {
            section(
                    lines,
                    mark + "Not compared",
                    comparison.failed().stream()
                            .map(failed -> "- " + failed.name() + ": " + failed.code() + ": " + failed.message())
                            .toList());
        }
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> body) {
        lines.add(title);
        lines.add("");
        lines.addAll(body);
        lines.add("");
    }

    private TextTable networks() {
        return new TextTable(
                List.of(
                        "network",
                        "rank",
                        "params M",
                        "GMACs",
                        "Dice",
                        "HD95 mm",
                        "NSD",
                        "missed",
                        "p",
                        "p (Holm)",
                        "training s",
                        "s/scan",
                        "memory MB"),
                comparison.networks().stream().map(this::row).toList());
    }

    private List<String> row(NetworkFigures network) {
        return List.of(
                network.name(),
                Integer.toString(network.rank()),
                number(network.parameters() / MILLION, 3),
                number(network.multiplyAccumulates() / BILLION, 3),
                covering(network.dice(), 4, Stream.empty()),
                covering(network.hd95Mm(), 2, Stream.empty()),
                covering(network.nsd(), 4, Stream.empty()),
                Integer.toString(network.dice().missed()),
                network.pValue().map(p -> number(p, 4)).orElse("-"),
                network.adjustedPValue().map(p -> number(p, 4)).orElse("-"),
                number(network.trainingMs() / SECOND, 1),
                number(network.inferenceMs() / SECOND, 2),
                network.peakMemoryBytes()
                        .map(bytes -> number(bytes / MILLION, 0))
                        .orElse("-"));
    }

    private TextTable labels(Function<LabelFigures, FigureSummary> figure, int decimals) {
        List<String> head = new ArrayList<>(List.of("network"));
        comparison.networks().get(0).labels().forEach(label -> head.add(label.name()));
        return new TextTable(
                head,
                comparison.networks().stream()
                        .map(network -> {
                            List<String> cells = new ArrayList<>(List.of(network.name()));
                            network.labels().forEach(label -> cells.add(cell(figure.apply(label), decimals)));
                            return cells;
                        })
                        .map(List::copyOf)
                        .toList());
    }

    private String cell(FigureSummary figure, int decimals) {
        return covering(figure, decimals, Stream.of(figure.missed() + " missed").filter(any -> figure.missed() > 0));
    }

    /** In brackets how many cases it covers where those are not all, and what else there is to say. */
    private String covering(FigureSummary figure, int decimals, Stream<String> more) {
        Stream<String> covered = Stream.of("of " + figure.cases()).filter(any -> figure.cases() < comparison.cases());
        String said = Stream.concat(covered, more).collect(Collectors.joining(", "));
        return meanAndDeviation(figure, decimals) + (said.isEmpty() ? "" : " (" + said + ")");
    }

    private TextTable ranks() {
        List<String> head = new ArrayList<>(List.of("network"));
        int ranks = comparison.networks().size();
        IntStream.rangeClosed(1, ranks).forEach(rank -> head.add(Integer.toString(rank)));
        return new TextTable(
                head,
                comparison.networks().stream()
                        .map(network -> {
                            List<String> cells = new ArrayList<>(List.of(network.name()));
                            network.rankShares().forEach(share -> cells.add(number(share * PERCENT, 1) + " %"));
                            return cells;
                        })
                        .map(List::copyOf)
                        .toList());
    }

    private static String meanAndDeviation(FigureSummary figure, int decimals) {
        Optional<String> mean = figure.mean().map(value -> number(value, decimals));
        return mean.map(value -> figure.sd()
                        .map(sd -> value + " ± " + number(sd, decimals))
                        .orElse(value))
                .orElse("-");
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
