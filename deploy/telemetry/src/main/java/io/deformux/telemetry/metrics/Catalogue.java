package io.deformux.telemetry.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@link Metric}s as a table for people, and as the names that Prometheus stores. */
public final class Catalogue {
    /** The first line of {@link #table}. */
    public static final String HEAD = "| metric | of | kind, unit | labels | what |";

    private Catalogue() {}

    /** The table of the operators' page, a line per metric behind its head. */
    public static List<String> table() {
        return Stream.concat(
                        Stream.of(HEAD, "|---|---|---|---|---|"),
                        Arrays.stream(Metric.values()).map(Catalogue::row))
                .toList();
    }

    private static String row(Metric metric) {
        String unit = metric.unit().isEmpty() ? "" : ", " + metric.unit();
        String labels = metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return "| `" + metric.prometheusName() + "` | " + metric.programs() + " | "
                + metric.kind().word() + unit + " |" + (labels.isEmpty() ? "" : " " + labels) + " | " + metric.help()
                + " |";
    }

    /** The metric that a stored series is of: its own name, or that of a histogram with the part of it behind. */
    public static Optional<Metric> of(String series) {
        return Arrays.stream(Metric.values())
                .filter(metric -> names(metric).contains(series))
                .findFirst();
    }

    private static List<String> names(Metric metric) {
        String name = metric.prometheusName();
        return switch (metric.kind()) {
            case COUNTER, GAUGE -> List.of(name);
            case HISTOGRAM -> List.of(name + "_count", name + "_sum", name + "_bucket", name + "_max");
            case SUMMARY -> List.of(name, name + "_count", name + "_sum", name + "_max");
        };
    }
}
