package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.broker.EmbeddedBroker;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Tag;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
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
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
    private static final ObjectMapper JSON = new ObjectMapper();

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
                .containsOnlyKeys(
                        "infer-worker-1", "train-worker", "replays", "results-page", "pacs-bridge", "dicom-node");
        programs.forEach((name, program) -> {
            String management = printed(program, "Metrics and health at (\\S+)");
            await(name).atMost(LONG).untilAsserted(() -> {
                HttpResponse<String> ready = new PageClient(management).get("/readyz");
                assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
            });
        });
    }

    @Test
    void aSeriesThatReachesTheArchiveComesBackSegmented() throws Exception {
        try (EventReader results = new EventReader(kafka, List.of(Topics.SEGMENTATION_RESULT), From.EARLIEST)) {
            Path series = series("archived", 97);
            orthanc.send(series);

            SegmentationCompleted done = (SegmentationCompleted) results.await(
                            received ->
                                    received.event() instanceof SegmentationCompleted completed && inArchive(completed),
                            LONG)
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

    private static boolean inArchive(SegmentationCompleted done) {
        return done.outputs().stream()
                .anyMatch(output -> output.uri().toString().startsWith("dicomweb:"));
    }

    @Test
    void whatIsSentToTheNodeComesBackToTheArchiveSegmented() throws Exception {
        Path series = series("sent", 89);
        int port = Integer.parseInt(printed(programs.get("dicom-node"), "DEFORMUX listens on port (\\d+)"));

        assertThat(storescu("STRANGER", port, series)).isNotZero();
        assertThat(storescu("SCANNER", port, series)).isZero();

        await().atMost(LONG).untilAsserted(() -> assertThat(modalitiesInArchive(study(series)))
                .as(said(programs.get("dicom-node")) + said(programs.get("infer-worker-1")))
                .contains("SEG")
                .doesNotContain("CT"));
    }

    private String modalitiesInArchive(String study) throws Exception {
        String query =
                "{\"Level\": \"Series\", \"Expand\": true, \"Query\": {\"StudyInstanceUID\": \"" + study + "\"}}";
        return JSON.readTree(orthanc.post("/tools/find", query))
                .findValuesAsText("Modality")
                .toString();
    }

    private static int storescu(String caller, int port, Path series) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        "storescu",
                        "-R",
                        "-aet",
                        caller,
                        "-aec",
                        "DEFORMUX",
                        "+sd",
                        "127.0.0.1",
                        Integer.toString(port),
                        series.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("storescu.log").toFile())
                .start()
                .waitFor();
    }

    private static String study(Path series) {
        try (DicomFile file =
                DicomFile.open(series.resolve("0001.dcm"), 1 << 30).orElseThrow()) {
            return file.header().uid(Tag.STUDY_INSTANCE_UID);
        }
    }

    @Test
    void aZipOfASeriesThatIsUploadedToThePageIsSegmented() throws Exception {
        PageClient page = page();
        byte[] zip = zip(series("uploaded", 83));

        assertThat(page.upload("amos", zip, "another-token-than-the-page-has").statusCode())
                .isBetween(401, 403);
        HttpResponse<String> taken = page.upload("amos", zip, ComposedMachine.TOKEN);

        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        String job = JSON.readTree(taken.body()).path("id").asText();
        await().atMost(LONG).untilAsserted(() -> {
            JsonNode shown = JSON.readTree(page.get("/api/jobs/" + job).body());
            assertThat(shown.path("state").asText())
                    .as(said(programs.get("infer-worker-1")))
                    .isEqualTo("completed");
            assertThat(shown.path("files").findValuesAsText("role")).contains("label-map", "dicom-seg");
        });
    }

    private static byte[] zip(Path series) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> files = Files.list(series)) {
            for (Path file : files.sorted().toList()) {
                zip.putNextEntry(new ZipEntry("series/" + file.getFileName()));
                Files.copy(file, zip);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void whatFailedIsSentAgainWhereThePageIsAskedTo() throws Exception {
        PageClient page = page();
        String scan =
                "{\"input\": {\"uri\": \"" + folder.resolve("data/scans/none").toUri()
                        + "\", \"kind\": \"nifti\"}, \"model\": {\"name\": \"nobody\"}, \"output\": \""
                        + folder.resolve("data/results").toUri() + "\"}";
        assertThat(page.post("/api/scans", scan, "another-token-than-the-page-has")
                        .statusCode())
                .isBetween(401, 403);
        assertThat(page.post("/api/scans", scan, ComposedMachine.TOKEN).statusCode())
                .isEqualTo(202);
        String failed = await().atMost(LONG)
                .until(
                        () -> Pattern.compile("\"id\":\"(\\d+-\\d+)\"")
                                .matcher(page.get("/api/failures?state=open").body())
                                .results()
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow()
                .group(1);

        assertThat(page.post("/api/failures/" + failed + "/replay", "", ComposedMachine.TOKEN)
                        .statusCode())
                .isEqualTo(202);

        await().atMost(LONG).untilAsserted(() -> assertThat(
                        page.get("/api/failures?state=replayed").body())
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

    private PageClient page() {
        return new PageClient(printed(programs.get("results-page"), "results page: (\\S+)/"));
    }

    private static String said(ProgramProcess process) {
        try {
            return process.printed();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** @param period of its voxels, so that no two are the same scan */
    private static Path series(String name, int period) {
        Shape3 shape = new Shape3(40, 40, 24);
        float[] voxels = new float[shape.length()];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = n % period * 10 - 500;
        }
        Path series = folder.resolve(name);
        Affine affine = Affine.of(-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 3, 0);
        new DicomSeriesWriter().write(series, new Volume(new Geometry(shape, affine), voxels), name);
        return series;
    }
}
