package io.deformux.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.record.EventRecords;
import io.deformux.standalone.ProgramProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How fast the page comes and how much memory it and its process take with many results on the topic; prints both. */
@Tag("real")
@Timeout(900)
class ManyResultsTest {
    private static final int RESULTS = 10_000;
    private static final long MEGABYTE = 1_000_000;
    private static final long MOST_BYTES = 200 * MEGABYTE;
    /** Some MB above what was measured, which the operators' page tells. */
    private static final long MOST_BYTES_OF_SERVER = 210 * MEGABYTE;

    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    static Path folder;

    @Test
    void thePageStaysQuickAndSmall() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("log"));
                Browser browser = Browser.open()) {
            KafkaConnection kafka = KafkaConnection.of(broker.bootstrapServers());
            TopicSetup.create(kafka, TopicSetup.topics());
            publish(kafka);
            try (ProgramProcess page = ProgramProcess.start(
                    Map.of(
                            "JAVA_TOOL_OPTIONS",
                            "-Xmx80m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"), // as the launcher does
                    folder.resolve("page.log"),
                    "results-page",
                    "--bootstrap-servers",
                    broker.bootstrapServers(),
                    "--page-port",
                    "0")) {
                Pattern line = Pattern.compile("results page: (\\S+)");
                await().atMost(LONG).until(() -> line.matcher(page.printed()).find());
                Matcher address = line.matcher(page.printed());
                assertThat(address.find()).isTrue();
                long start = System.nanoTime();
                await().atMost(LONG).until(() -> all(address.group(1)));
                System.out.printf("read after %d ms%n", (System.nanoTime() - start) / 1_000_000);

                browser.go(address.group(1));
                browser.awaitText(RESULTS + " in all");
                // What stands in the page is painted a little later.
                await().atMost(LONG).until(() -> (Boolean)
                        browser.run("return performance.getEntriesByName('first-contentful-paint').length > 0"));
                Object painted =
                        browser.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime");
                Object listed = browser.run("return performance.getEntriesByType('resource').find(e =>"
                        + " e.name.includes('/api/jobs')).responseEnd");
                long server = ProcessMemory.residentBytes(page.pid());
                long scripts = browser.scriptBytes();
                long shown = ProcessMemory.ownBytes(Browser.rendererPid());
                System.out.printf(
                        "first paint %s ms, list there %s ms; server %d MB; in the browser %d MB, of scripts %d MB%n",
                        painted, listed, server / MEGABYTE, shown / MEGABYTE, scripts / MEGABYTE);
                assertThat(server).as("resident memory of the server").isLessThan(MOST_BYTES_OF_SERVER);
                assertThat(shown).as("memory of the page in the browser").isLessThan(MOST_BYTES);
                assertThat(scripts).as("memory of its scripts").isLessThan(MOST_BYTES);
                assertThat(((Number) painted).doubleValue()).isLessThan(2000);
                assertThat(((Number) listed).doubleValue()).isLessThan(2000);
            }
        }
    }

    private static boolean all(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address + "api/jobs?size=1"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body()
                .contains("\"total\":" + RESULTS);
    }

    private static void publish(KafkaConnection kafka) {
        EventRecords records = new EventRecords(URI.create("/test"), 1 << 20);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < RESULTS; i++) {
                producer.send(records.write(
                        ShownResults.completed("job-" + i, "label-map", "dicom-seg", "measurements", "preview")));
            }
        }
    }
}
