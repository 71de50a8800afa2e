package io.deformux.worker.train.comparison;

import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.FigureSummary;
import io.deformux.schemas.LabelFigures;
import io.deformux.schemas.NetworkFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of a comparison as CSV (RFC 4180): a line per network over all its labels (the label is empty there) and one per
 * network and label. What is not known is empty.
 */
final class ComparisonCsv {
    private static final List<String> FIGURE = List.of("mean", "sd", "cases");
    private static final List<String> OF_NETWORK =
            List.of("p_value", "p_value_holm", "training_s", "inference_s", "peak_memory_bytes");
    private static final double BILLION = 1e9;
    private static final double SECOND = 1e3;

    private ComparisonCsv() {}

    static List<String> lines(ComparisonCompleted comparison) {
        List<String> lines = new ArrayList<>();
        lines.add(line(head()));
        for (NetworkFigures network : comparison.networks()) {
            lines.add(line(cells(network, "", network.dice(), network.hd95Mm(), network.nsd(), ofNetwork(network))));
            for (LabelFigures label : network.labels()) {
                lines.add(line(cells(
                        network,
                        label.name(),
                        label.dice(),
                        label.hd95Mm(),
                        label.nsd(),
                        Stream.of("", "", "", "", ""))));
            }
        }
        return lines;
    }

    private static Stream<String> head() {
        Stream<String> figures = Stream.of("dice", "hd95_mm", "nsd")
                .flatMap(figure -> FIGURE.stream().map(part -> figure + "_" + part));
        return Stream.of(
                        Stream.of("rank", "network", "architecture", "label", "parameters", "gmacs"),
                        figures,
                        Stream.of("missed"),
                        OF_NETWORK.stream())
                .flatMap(each -> each);
    }

    private static Stream<String> cells(
            NetworkFigures network,
            String label,
            FigureSummary dice,
            FigureSummary distance,
            FigureSummary nsd,
            Stream<String> rest) {
        return Stream.of(
                        Stream.of(
                                Integer.toString(network.rank()),
                                network.name(),
                                network.architecture(),
                                label,
                                Long.toString(network.parameters()),
                                Double.toString(network.multiplyAccumulates() / BILLION)),
                        Stream.of(dice, distance, nsd).flatMap(ComparisonCsv::figure),
                        Stream.of(Integer.toString(dice.missed())),
                        rest)
                .flatMap(each -> each);
    }

    private static Stream<String> figure(FigureSummary figure) {
        return Stream.of(text(figure.mean()), text(figure.sd()), Integer.toString(figure.cases()));
    }

    private static Stream<String> ofNetwork(NetworkFigures network) {
        return Stream.of(
                text(network.pValue()),
                text(network.adjustedPValue()),
                Double.toString(network.trainingMs() / SECOND),
                Double.toString(network.inferenceMs() / SECOND),
                text(network.peakMemoryBytes()));
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    private static String line(Stream<String> cells) {
        return cells.map(ComparisonCsv::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String cell) {
        return cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
