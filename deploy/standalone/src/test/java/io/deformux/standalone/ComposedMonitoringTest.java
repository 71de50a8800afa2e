package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.parity.Fixtures;
import io.deformux.standalone.Composed.Service;
import io.deformux.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Prometheus and Grafana of {@code docker-compose.yml} find what they are to show. */
class ComposedMonitoringTest {
    private static final Path ROOT = Fixtures.checkoutRoot();
    private static final Path COMPOSE = ROOT.resolve("deploy/compose");
    private static final String RULES = "/etc/prometheus/deformux";

    @TempDir
    private Path folder;

    @Test
    void prometheusTakesItsConfigurationAndTheRulesThatAreMounted() throws Exception {
        assumeTrue(Programs.installed("promtool"), "no promtool, of Debian's package prometheus");
        Path rules =
                ROOT.resolve(service("prometheus").mounts().get(RULES).source()).normalize();
        Path here = Files.writeString(
                folder.resolve("prometheus.yml"),
                Files.readString(COMPOSE.resolve("prometheus.yml")).replace(RULES, rules.toString()));
        Process promtool = new ProcessBuilder("promtool", "check", "config", here.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(said).isZero();
        assertThat(said).contains("2 rule files found").contains("is valid prometheus config file");
    }

    @Test
    void prometheusAsksEveryProgramThatTellsAndNobodyElse() throws IOException {
        Map<String, Service> services = services();
        List<String> asked = services.entrySet().stream()
                .filter(service -> service.getValue().environment().containsKey("DEFORMUX_MANAGEMENT_PORT"))
                .map(service -> service.getKey() + ":9464")
                .toList();

        assertThat(asked).hasSizeGreaterThan(4);
        assertThat(texts(yaml("prometheus.yml").at("/scrape_configs/0/static_configs/0/targets")))
                .containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void grafanaAsksThePrometheusThatIsThere() throws IOException {
        JsonNode sources = yaml("grafana/datasources/prometheus.yml").path("datasources");

        assertThat(sources).singleElement().satisfies(source -> {
            assertThat(source.path("type").asText()).isEqualTo("prometheus");
            assertThat(source.path("url").asText()).matches("http://prometheus:" + port(service("prometheus")));
        });
    }

    @Test
    void grafanaShowsTheDashboardsOfTheFolderThatIsMounted() throws IOException {
        JsonNode providers = yaml("grafana/dashboards/deformux.yml").path("providers");
        String path = providers.at("/0/options/path").asText();
        Path shown = ROOT.resolve(service("grafana").mounts().get(path).source());

        try (Stream<Path> files = Files.walk(shown)) {
            assertThat(files.filter(file -> file.toString().endsWith(".json")))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(file -> assertThat(new ObjectMapper()
                                    .readTree(file.toFile())
                                    .path("uid")
                                    .asText())
                            .isNotBlank());
        }
        assertThat(providers).singleElement();
    }

    private static String port(Service service) {
        return service.ports().get(0).replaceFirst(".*:", "");
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode yaml(String file) throws IOException {
        return new ObjectMapper().valueToTree(new Yaml().load(Files.readString(COMPOSE.resolve(file))));
    }

    private static Service service(String name) throws IOException {
        return services().get(name);
    }

    private static Map<String, Service> services() throws IOException {
        return Composed.of(ROOT.resolve("docker-compose.yml")).services();
    }
}
