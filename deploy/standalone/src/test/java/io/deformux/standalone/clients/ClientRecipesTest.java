package io.deformux.standalone.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.dicom.series.DicomSeriesWriter;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.record.EventRecords;
import io.deformux.parity.Fixtures;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.LabelVolume;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.schemas.Topics;
import io.deformux.standalone.ProgramProcess;
import io.deformux.standalone.packaging.RandomModelFixture;
import io.deformux.testing.Programs;
import io.deformux.testing.server.KafkaFixture;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of the clients' page, as they stand there. Each is skipped where what it needs is not installed. */
@Timeout(300)
class ClientRecipesTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private static final Path ROOT = Fixtures.checkoutRoot();
    private static final Path CLIENTS = ROOT.resolve("schemas/clients");
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String JOB = "recipes";

    @TempDir
    private static Path folder;

    private static RecipePage page;
    private static ProgramProcess worker;
    private static SegmentationCompleted done;

    @BeforeAll
    static void aScanIsSegmented() throws Exception {
        page = RecipePage.read(CLIENTS.resolve("README.md"));
        for (Map.Entry<String, String> program : page.programs().entrySet()) {
            Files.writeString(folder.resolve(program.getKey()), program.getValue());
        }
        for (String types : List.of("events.ts", "deformux_events.py")) {
            Files.copy(CLIENTS.resolve(types), folder.resolve(types));
        }
        Path results = Files.createDirectories(folder.resolve("results"));
        RandomModelFixture.tiny(folder.resolve("models/amos/1"), "amos");
        writeSeries(folder.resolve("scans/ct"), n -> n % 97 * 10 - 500);
        writeSeries(folder.resolve("scans/air"), n -> -1000);
        worker = ProgramProcess.start(
                Map.of(),
                folder.resolve("worker.log"),
                "infer-worker",
                "--bootstrap-servers=" + KAFKA.connection().bootstrapServers(),
                "--models=" + folder.resolve("models"),
                "--allow-input=" + folder.resolve("scans"),
                "--allow-output=" + results,
                "--outputs=label-map",
                "--dicom-seg-kind=labelmap",
                "--scratch=" + folder.resolve("scratch"));
        try (EventPublisher publisher = new EventPublisher(KAFKA.connection(), URI.create("/test"));
                EventReader reader = new EventReader(
                        KAFKA.connection(), List.of(Topics.SEGMENTATION_RESULT), EventReader.From.EARLIEST)) {
            publisher.publish(new ScanArrived(
                    JOB,
                    new InputReference(
                            folder.resolve("scans/ct").toUri(),
                            InputReference.Kind.DICOM,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    new ModelReference("amos", Optional.empty()),
                    results.toUri(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
            done = (SegmentationCompleted)
                    reader.await(received -> received.event().key().equals(JOB), LONG)
                            .orElseThrow(() -> new AssertionError(printed(worker)))
                            .event();
        }
        writeWhatIsNoResultAndThenOne();
    }

    @AfterAll
    static void stop() throws Exception {
        if (worker != null) {
            worker.close();
        }
    }

    @Test
    void kcatShowsResults() throws Exception {
        assumeTrue(Programs.installed("kcat"), "no kcat");

        String said = follow(page.commandsWith("kcat"), "DISK_LOST");

        assertThat(said.lines())
                .anyMatch(line -> line.contains("ce_type=" + SegmentationCompleted.TYPE)
                        && line.contains("\t{\"jobId\":\"" + JOB + "\""));
    }

    @Test
    void pythonShowsResults() throws Exception {
        requirePython("confluent_kafka");

        String said = follow(page.commandsWith("results.py"), "DISK_LOST");

        assertThat(said.lines()).anyMatch(line -> line.startsWith(JOB + " {") && line.contains(label().name()));
    }

    @Test
    void typeScriptShowsResults() throws Exception {
        requireNpm();

        String said = follow(page.commandsWith("results.ts"), "DISK_LOST");

        assertThat(said.lines()).anyMatch(line -> line.startsWith(JOB + " {") && line.contains(label().name()));
    }

    @Test
    void pythonSendsAScanAndLoadsItsSegments() throws Exception {
        requirePython("confluent_kafka, pydicom, numpy");

        assertThat(run(page.commandsWith("scan_to_seg.py")).lines()).contains(label().name() + " " + label().voxels());
    }

    @Test
    void typeScriptSendsAScanAndLoadsItsSegments() throws Exception {
        requireNpm();

        assertThat(run(page.commandsWith("scan-to-seg.ts")).lines()).contains(label().name() + " " + label().voxels());
    }

    /** Of air there is no segmentation, whoever asks for it. */
    @Test
    void bothSayWhereNothingWasFound() throws Exception {
        requirePython("confluent_kafka, pydicom, numpy");
        requireNpm();

        for (String program : List.of("scan_to_seg.py", "scan-to-seg.ts")) {
            Process process = shell(page.commandsWith(program).replace("scans/ct", "scans/air"))
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(said).isEqualTo(1);
            assertThat(said.lines()).as(program).last().isEqualTo("nothing was found");
        }
    }

    /** The largest of what was found. */
    private static LabelVolume label() {
        return done.labels().stream()
                .max((one, other) -> Long.compare(one.voxels(), other.voxels()))
                .filter(largest -> largest.voxels() > 0)
                .orElseThrow();
    }

    /**
     * On one partition, behind each other: a result that is taken back, a record as a client that shows markers would see it,
     * and a failure.
     */
    private static void writeWhatIsNoResultAndThenOne() {
        EventRecords records = new EventRecords(URI.create("/test"), 1 << 20);
        ProducerRecord<byte[], byte[]> last = records.write(failed("DISK_LOST"));
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                KAFKA.connection().client(Map.of("transactional.id", "recipes")),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(records.write(failed("TAKEN_BACK")));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                    last.topic(), last.key(), "{\"code\": \"NO_EVENT\"}".getBytes(StandardCharsets.UTF_8)));
            producer.send(last);
            producer.commitTransaction();
        }
    }

    private static SegmentationFailed failed(String code) {
        return new SegmentationFailed(JOB, "fetch", code, "Nothing to do.", false, 1);
    }

    /** What commands print that go on for ever, up to a last word. */
    private static String follow(String commands, String last) throws Exception {
        Path said = Files.createTempFile(folder, "said", ".txt");
        Process process = shell(commands).redirectOutput(said.toFile()).start();
        try {
            await().atMost(LONG).untilAsserted(() -> {
                assertThat(process.isAlive() || Files.readString(said).contains(last))
                        .as(Files.readString(said))
                        .isTrue();
                assertThat(said).content().contains(last);
            });
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        assertThat(said).content().doesNotContain("TAKEN_BACK").doesNotContain("NO_EVENT");
        return Files.readString(said);
    }

    private static String run(String commands) throws Exception {
        Process process = shell(commands).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static ProcessBuilder shell(String commands) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("KAFKA", KAFKA.connection().bootstrapServers());
        // Debian's python3, which sees Debian's packages, before any other.
        builder.environment().merge("PATH", "/usr/bin", (path, debian) -> debian + ":" + path);
        return builder;
    }

    private static void requirePython(String packages) throws Exception {
        Process process = shell("python3 -c 'import " + packages + "'").start();
        process.getInputStream().readAllBytes();
        assumeTrue(process.waitFor() == 0, "no python3 with " + packages);
    }

    /** The packages from npm, which are installed once for this module. */
    private static synchronized void requireNpm() throws Exception {
        assumeTrue(Programs.installed("npm"), "no npm");
        Path packages = Path.of("target", "clients").toAbsolutePath();
        Path link = folder.resolve("node_modules");
        if (!Files.exists(link)) {
            run("'" + ROOT.resolve("schemas/src/clients/generate") + "' '" + folder.resolve("generated") + "' '"
                    + packages + "' || true");
            Files.createSymbolicLink(link, packages.resolve("node_modules"));
        }
        assumeTrue(Files.isDirectory(packages.resolve("node_modules/kafkajs")), "npm brought no packages");
    }

    private static void writeSeries(Path series, IntToDoubleFunction hounsfield) {
        Shape3 shape = new Shape3(40, 40, 24);
        float[] voxels = new float[shape.length()];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = (float) hounsfield.applyAsDouble(n);
        }
        Affine affine = Affine.of(-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 3, 0);
        new DicomSeriesWriter().write(series, new Volume(new Geometry(shape, affine), voxels), JOB);
    }

    private static String printed(ProgramProcess process) {
        try {
            return process.printed();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
