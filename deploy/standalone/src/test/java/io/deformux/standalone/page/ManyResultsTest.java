package io.deformux.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.Grid;
import io.deformux.schemas.LabelVolume;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.RuntimeInfo;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.standalone.ProgramProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How fast the page comes and how much memory its process takes with many results on the topic; prints both. */
@Tag("real")
@Timeout(900)
class ManyResultsTest {
    private static final int RESULTS = 10_000;
    private static final String DIGEST = "0".repeat(64);
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
                Object painted =
                        browser.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime");
                Object listed = browser.run("return performance.getEntriesByType('resource').find(e =>"
                        + " e.name.includes('/api/jobs')).responseEnd");
                System.out.println(
                        "first paint " + painted + " ms, list there " + listed + " ms, " + resident(page.pid()));
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

    private static String resident(long pid) throws Exception {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
                    .toList()
                    .toString();
        }
    }

    private static void publish(KafkaConnection kafka) {
        EventRecords records = new EventRecords(URI.create("/test"), 1 << 20);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < RESULTS; i++) {
                producer.send(records.write(completed("job-" + i)));
            }
        }
    }

    /** As large as that of a model with many labels. */
    private static SegmentationCompleted completed(String job) {
        List<OutputFile> outputs = Stream.of("label-map", "dicom-seg", "measurements", "preview")
                .map(role -> new OutputFile(
                        URI.create("file:///data/results/" + job + "/" + role), "application/gzip", 1, DIGEST, role))
                .toList();
        List<LabelVolume> labels = IntStream.rangeClosed(1, 15)
                .mapToObj(value -> new LabelVolume(value, "label number " + value, 123_456, 123.456))
                .toList();
        return new SegmentationCompleted(
                job,
                DIGEST,
                new ModelVersion("amos", "1", DIGEST),
                outputs,
                labels,
                new Grid(
                        List.of(512, 512, 140),
                        List.of(0.6, 0.6, 2.5),
                        List.of(1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0)),
                Map.of("fetch", 400L, "read", 1500L, "inference", 60_000L, "restore", 1800L, "store", 377L),
                new RuntimeInfo("cpu", "bf16", "0.1.0-SNAPSHOT"));
    }
}
