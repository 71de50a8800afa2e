package io.deformux.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.parity.Fixtures;
import io.deformux.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboards and alert rules ask for what programs tell. */
class MonitoringFilesTest {
    private static final Path FOLDER = Fixtures.checkoutRoot().resolve("deploy/monitoring");
    private static final Path ALERTS = FOLDER.resolve("alerts.yml");
    private static final Pattern EXPRESSION = Pattern.compile("(?m)^ +expr: (.*)$");
    private static final Pattern SERIES = Pattern.compile("\\b(?:deformux|kafka|jvm|process|system)_[a-z_]+\\b");
    private static final Pattern SELECTOR = Pattern.compile("([a-z_]+)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(?:=~|!~|!=|=)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring) \\(([a-z_, ]*)\\)");
    /** What Prometheus itself puts on every series. */
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job", "le");

    @Test
    void everyMetricThatTheyNameIsInTheCatalogue() throws IOException {
        List<String> expressions = expressions();

        assertThat(expressions).hasSizeGreaterThan(30).allSatisfy(expression -> {
            assertThat(series(expression)).as(expression).isNotEmpty();
            assertThat(unknown(expression)).as(expression).isEmpty();
        });
    }

    @Test
    void whatIsNotThereIsFound() {
        assertThat(unknown("rate(deformux_jobs[5m])")).containsExactly("deformux_jobs");
        assertThat(unknown("sum by (colour) (deformux_jobs_total)")).containsExactly("colour");
        assertThat(unknown("deformux_jobs_total{stage=\"fetch\"}")).containsExactly("stage");
        assertThat(unknown("deformux_stage_seconds")).containsExactly("deformux_stage_seconds");
    }

    @Test
    void theAlertsTellWhatMustNotBeMissed() throws IOException {
        assertThat(Files.readString(ALERTS, StandardCharsets.UTF_8))
                .contains(
                        "deformux_topic_retention_seconds",
                        "deformux_dead_letters_total",
                        "absent(",
                        "deformux_environment_paused",
                        "deformux_stage_seconds_bucket");
    }

    @Test
    void prometheusTakesTheAlerts() throws IOException, InterruptedException {
        assumeTrue(Programs.installed("promtool"), "no promtool, of Debian's package prometheus");
        Process promtool = new ProcessBuilder("promtool", "check", "rules", ALERTS.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue()).as(said).isZero();
        assertThat(said).contains("SUCCESS");
    }

    private static List<String> series(String expression) {
        return SERIES.matcher(expression).results().map(MatchResult::group).toList();
    }

    private static Set<String> unknown(String expression) {
        Set<String> unknown = new TreeSet<>();
        series(expression).stream().filter(name -> Catalogue.of(name).isEmpty()).forEach(unknown::add);
        SELECTOR.matcher(expression).results().forEach(selector -> {
            Set<String> labels = labels(Catalogue.of(selector.group(1)).stream());
            MATCHER.matcher(selector.group(2))
                    .results()
                    .map(label -> label.group(1))
                    .filter(label -> !labels.contains(label))
                    .forEach(unknown::add);
        });
        Set<String> all = labels(series(expression).stream().flatMap(name -> Catalogue.of(name).stream()));
        GROUPING.matcher(expression)
                .results()
                .flatMap(group -> Arrays.stream(group.group(1).split(",\\s*")))
                .filter(label -> !all.contains(label))
                .forEach(unknown::add);
        return unknown;
    }

    private static Set<String> labels(Stream<Metric> metrics) {
        Set<String> labels = metrics.flatMap(metric -> metric.labels().stream()).collect(Collectors.toSet());
        labels.addAll(OF_PROMETHEUS);
        return labels;
    }

    private static List<String> expressions() throws IOException {
        List<String> all = EXPRESSION
                .matcher(Files.readString(ALERTS))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(ArrayList::new));
        assertThat(all).hasSizeGreaterThan(10);
        try (Stream<Path> dashboards = Files.list(FOLDER.resolve("dashboards"))) {
            for (Path dashboard : dashboards.toList()) {
                JsonNode read = new ObjectMapper().readTree(dashboard.toFile());
                assertThat(read.get("title").asText()).isNotBlank();
                read.findValuesAsText("expr").forEach(all::add);
            }
        }
        return all;
    }
}
