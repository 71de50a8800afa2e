package io.deformux.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.parity.Fixtures;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboards and alert rules ask for what programs tell. */
class MonitoringFilesTest {
    private static final Path FOLDER = Fixtures.checkoutRoot().resolve("deploy/monitoring");
    private static final Pattern EXPRESSION = Pattern.compile("(?m)^ +expr: (.*)$");
    private static final Pattern SERIES = Pattern.compile("\\b(?:deformux|kafka|jvm|process|system)_[a-z_]+\\b");
    private static final Pattern SELECTOR = Pattern.compile("([a-z_]+)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(?:=~|!~|!=|=)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring) \\(([a-z_, ]*)\\)");
    private static final Pattern TOPIC = Pattern.compile("\\btopic(=~|!~|!=|=)\"([^\"]*)\"");
    /** A counter's rise, with what is put before it for series that have just begun, if anything is. */
    private static final Pattern RISE = Pattern.compile(
            "(?:\\(\\([^()]* unless [^()]*\\([^()]*\\)\\) or )?(?:rate|increase)\\(([a-z_]+)((?:\\{[^}]*})?)\\[([0-9a-z]+)]\\)\\)?");

    private static final List<String> CONTRACT = List.of(
            Topics.SCAN_ARRIVED,
            Topics.SCAN_URGENT,
            Topics.RETRY,
            Topics.RETRY_URGENT,
            Topics.TRAINING_REQUESTED,
            Topics.TRAINING_FOLD_REQUESTED);
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
        assertThat(alerts())
                .contains(
                        "deformux_topic_retention_seconds",
                        "deformux_dead_letters_total",
                        "absent(",
                        "deformux_environment_paused",
                        "deformux_stage_seconds_bucket");
    }

    @Test
    void topicsAreFoundByWhateverPrefixTheyHave() throws IOException {
        List<String> expressions = expressions().stream()
                .filter(expression -> TOPIC.matcher(expression).find())
                .toList();

        assertThat(expressions).hasSizeGreaterThan(2).allSatisfy(expression -> assertThat(
                        chosen(expression, new TopicNames("ward-7.")))
                .as(expression)
                .isNotEmpty()
                .isEqualTo(chosen(expression, TopicNames.CONTRACT)));
    }

    @Test
    void onlyWhatIsToWaitMayWait() throws IOException {
        String waiting = alert("DeformuxJobsWait");

        assertThat(chosen(waiting, TopicNames.CONTRACT))
                .contains(Topics.SCAN_ARRIVED, Topics.SCAN_URGENT, Topics.TRAINING_FOLD_REQUESTED)
                .doesNotContain(Topics.RETRY, Topics.RETRY_URGENT);
        assertThat(chosen(alert("DeformuxUrgentWaits"), TopicNames.CONTRACT)).containsExactly(Topics.SCAN_URGENT);
    }

    /** Workers that are ended when nothing waits are no fault, and then nobody tells whether something does. */
    @Test
    void thatNoWorkerRunsIsAnAlertOnlyWhereOneAlwaysDoes() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("alerts.yml"))).doesNotContain("absent(");
        assertThat(Files.readString(FOLDER.resolve("alerts-steady.yml"))).contains("absent(deformux_program");
    }

    @Test
    void dashboardsAskForNoSourceOfTheirOwn() throws IOException {
        try (Stream<Path> dashboards = Files.list(FOLDER.resolve("dashboards"))) {
            assertThat(dashboards.toList()).isNotEmpty().allSatisfy(dashboard -> {
                JsonNode read = new ObjectMapper().readTree(dashboard.toFile());
                assertThat(read.at("/templating/list").findValuesAsText("type")).contains("datasource");
                assertThat(read.at("/panels").findValuesAsText("uid"))
                        .isNotEmpty()
                        .containsOnly("${datasource}");
            });
        }
    }

    /** Its first event brings a series by code to 1, of which an increase knows nothing. */
    @Test
    void theFirstOfACodeCounts() throws IOException {
        List<MatchResult> rises = expressions().stream()
                .flatMap(expression -> RISE.matcher(expression).results())
                .filter(rise ->
                        Catalogue.of(rise.group(1)).orElseThrow().labels().contains("code"))
                .toList();

        assertThat(rises).hasSizeGreaterThan(5).allSatisfy(rise -> assertThat(rise.group())
                .isEqualTo("((%1$s unless max_over_time(%1$s[%2$s] offset %2$s)) or increase(%1$s[%2$s]))"
                        .formatted(rise.group(1) + rise.group(2), rise.group(3))));
    }

    @Test
    void prometheusTakesTheAlerts() throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("check", "rules"));
        alertFiles().map(Path::toString).forEach(arguments::add);

        assertThat(promtool(arguments)).contains("SUCCESS");
    }

    @Test
    void whatHappensBecomesTheAlertThatItIs() throws IOException, InterruptedException {
        Path cases = Fixtures.checkoutRoot()
                .resolve("deploy/telemetry/src/test/resources/io/deformux/telemetry/metrics/alerts-test.yml");

        assertThat(promtool(List.of("test", "rules", cases.toString()))).contains("SUCCESS");
    }

    private static String promtool(List<String> arguments) throws IOException, InterruptedException {
        assumeTrue(Programs.installed("promtool"), "no promtool, of Debian's package prometheus");
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(arguments);
        Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue()).as(said).isZero();
        return said;
    }

    private static Stream<Path> alertFiles() {
        return Stream.of("alerts.yml", "alerts-steady.yml").map(FOLDER::resolve);
    }

    private static String alerts() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : alertFiles().toList()) {
            all.append(Files.readString(file, StandardCharsets.UTF_8));
        }
        return all.toString();
    }

    private static String alert(String name) throws IOException {
        String alerts = alerts();
        Matcher expression = EXPRESSION.matcher(alerts);
        assertThat(expression.find(alerts.indexOf("- alert: " + name + "\n"))).isTrue();
        return expression.group(1);
    }

    /** Those topics of the contract, as it names them, that all matchers of an expression take under these names. */
    private static List<String> chosen(String expression, TopicNames names) {
        List<MatchResult> matchers = TOPIC.matcher(expression).results().toList();
        return CONTRACT.stream()
                .filter(topic -> matchers.stream().allMatch(matcher -> takes(matcher, names.of(topic))))
                .toList();
    }

    private static boolean takes(MatchResult matcher, String topic) {
        String value = matcher.group(2);
        return switch (matcher.group(1)) {
            case "=" -> topic.equals(value);
            case "!=" -> !topic.equals(value);
            case "=~" -> topic.matches(value);
            default -> !topic.matches(value);
        };
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
                .matcher(alerts())
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
