package io.deformux.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.standalone.Deformux;
import io.deformux.standalone.packaging.RandomModelFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every program that serves waits for a Kafka that is away when it starts, and says so. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class AwayKafkaTest {
    private static final Pattern MANAGEMENT = Pattern.compile("Metrics and health at (http://[0-9.:]+)");
    private static final String NOBODY = "http://127.0.0.1:1";
    private static final String RULES =
            "{\"rules\": [{\"modality\": \"CT\", \"model\": \"tiny\", \"output\": \"file:///results/\"}]}";

    @TempDir
    private Path folder;

    private final List<ChildJava> children = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private BrokerProcess broker;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(folder.resolve("broker"));
        Files.createDirectories(folder.resolve("data"));
        RandomModelFixture.tiny(folder.resolve("models/tiny/1"));
        Files.writeString(folder.resolve("rules.json"), RULES);
        broker = new BrokerProcess(folder.resolve("broker"), BrokerProcess.freePort());
    }

    @AfterEach
    void end() {
        children.forEach(ChildJava::close);
        broker.close();
    }

    @Test
    void everyServiceWaitsForKafkaAndGoesOnWhenItIsThere() {
        Map<ChildJava, String> signs = new LinkedHashMap<>();
        ChildJava infer = start("infer-worker", worker());
        signs.put(infer, "Takes jobs from deformux.scan.arrived");
        ChildJava train = start("train-worker", worker());
        signs.put(train, "Takes jobs from deformux.training.fold.requested");
        ChildJava bridge = start(
                "pacs-bridge",
                List.of(
                        "--orthanc",
                        NOBODY,
                        "--rules",
                        folder.resolve("rules.json").toString(),
                        "--management-port",
                        "0"));
        signs.put(bridge, "Follows " + NOBODY);
        ChildJava replay = start("dead-letters serve", List.of("--management-port", "0"));
        signs.put(replay, "Takes jobs from deformux.dead-letter.replay");
        signs.put(
                start(
                        "results-page",
                        List.of(
                                "--page-port",
                                "0",
                                "--allow-output",
                                folder.resolve("data").toString())),
                "results page: ");

        List.of(infer, train, bridge, replay).forEach(this::awaitNotReady);
        assertThat(signs.keySet()).allMatch(ChildJava::isAlive);
        broker.start();

        signs.forEach((service, sign) -> await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
            assertThat(service.isAlive()).as(service.printed()).isTrue();
            assertThat(service.printed()).contains(sign);
        }));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(readiness(replay)).contains("200"));
    }

    @Test
    void aServiceThatWaitsForKafkaSaysSoOnceAndEndsWhenItIsTold() {
        ChildJava worker = start("infer-worker", worker());
        awaitNotReady(worker);
        await().atMost(Duration.ofSeconds(60)).until(() -> worker.printed().contains("tries again: no answer in time"));

        worker.terminate();

        assertThat(worker.awaitEnd(Duration.ofSeconds(20))).isTrue();
        assertThat(worker.printed()).containsOnlyOnce("tries again");
    }

    private List<String> worker() {
        return List.of(
                "--models",
                folder.resolve("models").toString(),
                "--allow-input",
                folder.resolve("data").toString(),
                "--allow-output",
                folder.resolve("data").toString(),
                "--management-port",
                "0");
    }

    private ChildJava start(String command, List<String> arguments) {
        List<String> options = new ArrayList<>(
                List.of("-Xmx128m", "-Djava.io.tmpdir=" + folder.resolve("data"), Deformux.class.getName()));
        options.addAll(List.of(command.split(" ")));
        options.addAll(List.of("--bootstrap-servers", broker.address()));
        options.addAll(arguments);
        ChildJava child = ChildJava.start(Map.of(), folder.resolve(command.replace(' ', '-') + ".log"), options);
        children.add(child);
        return child;
    }

    private void awaitNotReady(ChildJava service) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(readiness(service)).contains("503", "KAFKA_UNAVAILABLE"));
    }

    private String readiness(ChildJava service) throws IOException, InterruptedException {
        Matcher address = MANAGEMENT.matcher(service.printed());
        assertThat(address.find()).as(service.printed()).isTrue();
        var answer = client.send(
                HttpRequest.newBuilder(URI.create(address.group(1) + "/readyz")).build(), BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }
}
