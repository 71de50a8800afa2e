package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.dicom.series.DicomSeriesWriter;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.parity.Fixtures;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.Topics;
import io.deformux.standalone.Composed.Service;
import io.deformux.standalone.packaging.RandomModelFixture;
import io.deformux.testing.server.OrthancServer;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands and settings of all services of {@code docker-compose.yml} that are programs of ours, each in a process of its
 * own on a {@link ComposedMachine}; of those that are the same, one. Needs what {@link OrthancServer} needs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class ComposedProgramsTest {
    private static final Path ROOT = Fixtures.checkoutRoot();
    private static final Duration LONG = Duration.ofSeconds(240);

    @TempDir
    static Path folder;

    private final Map<String, ProgramProcess> programs = new LinkedHashMap<>();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private KafkaConnection kafka;
    private OrthancServer orthanc;

    @BeforeAll
    void start() throws Exception {
        assumeTrue(OrthancServer.installed(), "orthanc, orthanc-dicomweb, dcmtk or dicom3tools are not installed");
        Path share = Files.createDirectories(folder.resolve("data"));
        for (String name : List.of("scans", "datasets", "results", "models")) {
            Files.createDirectories(share.resolve(name));
        }
        RandomModelFixture.tiny(share.resolve("models/amos/1"), "amos");
        EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"));
        running.push(broker);
        kafka = KafkaConnection.of(broker.bootstrapServers());
        orthanc = new OrthancServer(Files.createDirectories(folder.resolve("orthanc")));
        running.push(orthanc);
        ComposedMachine machine = new ComposedMachine(ROOT, folder, share, broker.bootstrapServers(), orthanc);
        Map<Service, String> different = new LinkedHashMap<>();
        Composed.of(ROOT.resolve("docker-compose.yml")).services().forEach((name, service) -> {
            if (service.isOurs()) {
                different.putIfAbsent(service, name);
            }
        });
        for (Map.Entry<Service, String> service : different.entrySet()) {
            ProgramProcess program = machine.start(service.getValue(), service.getKey());
            running.push(program);
            if (service.getValue().equals("topics")) {
                assertThat(program.exitCode()).as(said(program)).isZero();
            } else {
                programs.put(service.getValue(), program);
            }
        }
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable one : running) {
            one.close();
        }
    }

    @Test
    void everyProgramBecomesReady() {
        assertThat(programs)
                .containsOnlyKeys("infer-worker-1", "train-worker", "replays", "results-page", "pacs-bridge");
        programs.forEach((name, program) -> {
            String management = printed(program, "Metrics and health at (\\S+)");
            await(name).atMost(LONG).untilAsserted(() -> {
                HttpResponse<String> ready = get(management + "/readyz");
                assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
            });
        });
    }

    @Test
    void aSeriesThatReachesTheArchiveComesBackSegmented() throws Exception {
        try (EventReader results = new EventReader(kafka, List.of(Topics.SEGMENTATION_RESULT), From.EARLIEST)) {
            orthanc.send(series());

            SegmentationCompleted done = (SegmentationCompleted)
                    results.await(received -> received.event() instanceof SegmentationCompleted, LONG)
                            .orElseThrow(() -> new AssertionError(
                                    said(programs.get("infer-worker-1")) + said(programs.get("pacs-bridge"))))
                            .event();

            assertThat(done.model().name()).isEqualTo("amos");
            assertThat(done.outputs())
                    .filteredOn(output -> output.role().equals("dicom-seg"))
                    .extracting(OutputFile::uri)
                    .allSatisfy(uri -> assertThat(uri.toString()).startsWith("dicomweb:"));
        }
    }

    @Test
    void whatFailedIsSentAgainWhereThePageIsAskedTo() throws Exception {
        String page = printed(programs.get("results-page"), "results page: (\\S+)/");
        String scan =
                "{\"input\": {\"uri\": \"" + folder.resolve("data/scans/none").toUri()
                        + "\", \"kind\": \"nifti\"}, \"model\": {\"name\": \"nobody\"}, \"output\": \""
                        + folder.resolve("data/results").toUri() + "\"}";
        assertThat(post(page + "/api/scans", scan, "another-token-than-the-page-has")
                        .statusCode())
                .isBetween(401, 403);
        assertThat(post(page + "/api/scans", scan, ComposedMachine.TOKEN).statusCode())
                .isEqualTo(202);
        String failed = await().atMost(LONG)
                .until(
                        () -> Pattern.compile("\"id\":\"(\\d+-\\d+)\"")
                                .matcher(get(page + "/api/failures?state=open").body())
                                .results()
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow()
                .group(1);

        assertThat(post(page + "/api/failures/" + failed + "/replay", "", ComposedMachine.TOKEN)
                        .statusCode())
                .isEqualTo(202);

        await().atMost(LONG).untilAsserted(() -> assertThat(
                        get(page + "/api/failures?state=replayed").body())
                .as(said(programs.get("replays")))
                .contains("\"" + failed + "\""));
    }

    private static String printed(ProgramProcess program, String pattern) {
        Pattern line = Pattern.compile(pattern);
        return await().atMost(LONG)
                .until(() -> line.matcher(program.printed()).results().findFirst(), Optional::isPresent)
                .orElseThrow()
                .group(1);
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String address, String body, String token)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static String said(ProgramProcess process) {
        try {
            return process.printed();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Path series() {
        Shape3 shape = new Shape3(40, 40, 24);
        float[] voxels = new float[shape.length()];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = n % 97 * 10 - 500;
        }
        Path series = folder.resolve("series");
        Affine affine = Affine.of(-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 3, 0);
        new DicomSeriesWriter().write(series, new Volume(new Geometry(shape, affine), voxels), "composed");
        return series;
    }
}
