package io.deformux.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.deformux.failure.FailureCode;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.cluster.TopicSetup.Topic;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.record.EventRecords;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.model.ModelStore;
import io.deformux.schemas.Event;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.Topics;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.HostRule;
import io.deformux.storage.Origin;
import io.deformux.storage.Use;
import io.deformux.testing.server.KafkaFixture;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.infer.stage.Stage;
import io.deformux.worker.infer.stage.StageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A worker lacks a folder or an archive for a while: no job fails for it, and none is computed twice. */
@Timeout(120)
class EnvironmentFaultsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String STORED = "{\"00081199\": {\"Value\": [{\"00081155\": {\"Value\": [\"1.2.3\"]}}]}}";

    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    @TempDir
    Path temp;

    private final String topic = "scans-" + UUID.randomUUID();
    private final AtomicInteger stowRequests = new AtomicInteger();
    private Path inputs;
    private Path outputs;
    private Path models;
    private HttpServer archive;

    @BeforeEach
    void makeFolders() throws IOException {
        inputs = Files.createDirectory(temp.resolve("inputs"));
        outputs = Files.createDirectory(temp.resolve("outputs"));
        models = Files.createDirectory(temp.resolve("models"));
        TinyModel.in(models, "1");
        TopicSetup.create(KAFKA.connection(), List.of(new Topic(topic, 2, Duration.ofHours(1))));
        archive = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    }

    @AfterEach
    void stopArchive() {
        archive.stop(0);
    }

    @Test
    void anOutputRootThatVanishesAndComesBackCostsNoJob() throws Exception {
        ScanArrived job = job(Scans.nifti(inputs), Kind.NIFTI, Optional.empty());
        Path away = Files.move(outputs, temp.resolve("away"));
        try (InferenceWorker worker = worker()) {
            send(job);
            awaitLack(worker, FailureCode.OUTPUT_ROOT_MISSING);
            assertThat(outputs).doesNotExist();
            Files.move(away, outputs);
            assertThat(result(job)).isInstanceOf(SegmentationCompleted.class);
            assertThat(worker.health().lack()).isEmpty();
        }
    }

    @Test
    void aModelStoreThatVanishesAndComesBackCostsNoJob() throws Exception {
        Path scan = Scans.nifti(inputs);
        ScanArrived first = job(scan, Kind.NIFTI, Optional.empty());
        ScanArrived second = job(scan, Kind.NIFTI, Optional.empty());
        try (InferenceWorker worker = worker()) {
            send(first);
            assertThat(result(first)).isInstanceOf(SegmentationCompleted.class);
            Path away = Files.move(models, temp.resolve("away"));
            send(second);
            awaitLack(worker, FailureCode.MODEL_STORE_UNAVAILABLE);
            Files.move(away, models);
            assertThat(result(second)).isInstanceOf(SegmentationCompleted.class);
        }
    }

    @Test
    void whatTheArchiveDoesNotTakeIsSentAgainAndNotComputedAgain() throws Exception {
        Path series = Scans.dicom(Files.createDirectory(inputs.resolve("series")), "stow");
        archive.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (stowRequests.incrementAndGet() <= 2) {
                delete(series); // whoever computes it again will not find it
                exchange.sendResponseHeaders(500, -1);
            } else {
                byte[] answer = STORED.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/dicom+json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        archive.start();
        ScanArrived job = job(
                series,
                Kind.DICOM,
                Optional.of(URI.create(
                        "dicomweb://127.0.0.1:" + archive.getAddress().getPort() + "/studies")));
        try (InferenceWorker worker = worker()) {
            send(job);
            assertThat(result(job))
                    .isInstanceOfSatisfying(SegmentationCompleted.class, completed -> assertThat(completed.outputs())
                            .extracting(OutputFile::role)
                            .contains("label-map", "dicom-seg", "measurements", "preview"));
        }
        assertThat(stowRequests).hasValue(3);
        assertThat(temp.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void whatCannotBeStoredAnyMoreIsKeptUntilItCan() throws Exception {
        Path scan = Scans.nifti(inputs);
        ScanArrived job = job(scan, Kind.NIFTI, Optional.empty());
        try (SegmentationRuntime runtime =
                SegmentationRuntime.create(new ModelStore(models), access(), settings(), ComputeSettings.on("cpu"))) {
            Path away = temp.resolve("away");
            assertThatExceptionOfType(StageFailure.class)
                    .isThrownBy(() -> runtime.job().run(job, (done, total) -> move(outputs, away)))
                    .satisfies(e -> {
                        assertThat(e.code()).isEqualTo(FailureCode.OUTPUT_ROOT_MISSING);
                        assertThat(e.stage()).isEqualTo(Stage.STORE);
                    });
            assertThat(outputs).doesNotExist();
            Files.move(away, outputs);
            Files.delete(scan);
            SegmentationCompleted completed = runtime.job().run(job, (done, total) -> {
                throw new AssertionError("computed again");
            });
            assertThat(completed.outputs())
                    .allSatisfy(output -> assertThat(Path.of(output.uri())).exists());
        }
        assertThat(temp.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void nothingIsKeptOfAJobThatHasFailedForGood() throws Exception {
        ScanArrived job = job(Scans.nifti(inputs), Kind.NIFTI, Optional.empty());
        try (SegmentationRuntime runtime =
                SegmentationRuntime.create(new ModelStore(models), access(), settings(), ComputeSettings.on("cpu"))) {
            Path away = temp.resolve("away");
            StageFailure lack = catchThrowableOfType(
                    StageFailure.class, () -> runtime.job().run(job, (done, total) -> move(outputs, away)));
            Files.move(away, outputs);

            new SegmentationHandler(runtime.job()).failed(job, lack, 12);

            AtomicInteger windows = new AtomicInteger();
            runtime.job().run(job, (done, total) -> windows.incrementAndGet());
            assertThat(windows)
                    .as("a replay is computed, its input may have been put right")
                    .hasPositiveValue();
        }
        assertThat(temp.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void aResultThatIsNeverStoredIsNotLeftBehind() throws Exception {
        ScanArrived job = job(Scans.nifti(inputs), Kind.NIFTI, Optional.empty());
        try (SegmentationRuntime runtime =
                SegmentationRuntime.create(new ModelStore(models), access(), settings(), ComputeSettings.on("cpu"))) {
            assertThatExceptionOfType(StageFailure.class)
                    .isThrownBy(() -> runtime.job().run(job, (done, total) -> move(outputs, temp.resolve("away"))));
        }
        assertThat(temp.resolve("scratch")).isEmptyDirectory();
    }

    private InferenceWorker worker() {
        return InferenceWorker.start(new InferenceWorkerConfig(
                KAFKA.connection(),
                JobLoopConfig.of(topic, topic, URI.create("/test/worker"))
                        .withAttempts(new Attempts(5, Duration.ofMillis(50), Duration.ofMillis(200))),
                new ModelStore(models),
                access(),
                settings(),
                ComputeSettings.on("cpu")));
    }

    private SegmentationSettings settings() {
        return new SegmentationSettings(temp.resolve("scratch"), 1 << 22, "test");
    }

    private AccessPolicy access() {
        String origin = "http://127.0.0.1:" + archive.getAddress().getPort();
        return AccessPolicy.files(List.of(inputs), List.of(outputs))
                .withHosts(new HostRule(Origin.parse(origin), List.of(), Set.of(Use.STORE), Optional.empty()));
    }

    private ScanArrived job(Path input, Kind kind, Optional<URI> dicomOutput) {
        return new ScanArrived(
                "job-" + UUID.randomUUID(),
                new InputReference(input.toUri(), kind, Optional.empty()),
                new ModelReference(TinyModel.NAME, Optional.empty()),
                outputs.toUri(),
                dicomOutput,
                Optional.empty());
    }

    private static void awaitLack(InferenceWorker worker, FailureCode code) {
        await().atMost(SOON).untilAsserted(() -> assertThat(worker.health().lack())
                .hasValueSatisfying(lack -> assertThat(lack.code()).isEqualTo(code)));
    }

    private void send(ScanArrived job) throws Exception {
        ProducerRecord<byte[], byte[]> written = new EventRecords(URI.create("/test/router"), 1 << 20).write(job);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KAFKA.connection().client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, null, written.key(), written.value(), written.headers()))
                    .get();
        }
    }

    /** The one event that ends the job. */
    private static Event result(ScanArrived job) {
        try (EventReader results =
                new EventReader(KAFKA.connection(), List.of(Topics.SEGMENTATION_RESULT), From.EARLIEST)) {
            Optional<ReceivedEvent> found =
                    results.await(event -> event.event().key().equals(job.jobId()), SOON);
            return found.orElseThrow().event();
        }
    }

    private static void move(Path from, Path to) {
        try {
            if (Files.exists(from)) {
                Files.move(from, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }
}
