package io.deformux.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.RunningWorker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.record.EventRecords;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.messaging.record.TraceContext;
import io.deformux.model.ModelStore;
import io.deformux.schemas.Event;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.NetworkShape;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.Split;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingRequested;
import io.deformux.schemas.TrainingSettings;
import io.deformux.schemas.TrainingSpec;
import io.deformux.standalone.check.cluster.WorkerRole;
import io.deformux.standalone.demo.PhantomDataset;
import io.deformux.standalone.packaging.RandomModelFixture;
import io.deformux.storage.AccessPolicy;
import io.deformux.telemetry.Telemetry;
import io.deformux.telemetry.TelemetryConfig;
import io.deformux.telemetry.metrics.Catalogue;
import io.deformux.telemetry.metrics.Metric;
import io.deformux.testing.format.MarkedSeries;
import io.deformux.volume.Shape3;
import io.deformux.worker.infer.InferenceWorkerConfig;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.train.messaging.TrainingWorkerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers of both kinds on a real broker, as Prometheus and whoever probes them see them. */
class TelemetryOfWorkersTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String JOB = "job-of-Doe-Jane";
    private static final String TRAINING = "training-of-telemetry";
    private static final TraceContext TRACE =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    /** One of its own, since what is counted must be this test's. */
    private static EmbeddedBroker broker;

    private static KafkaConnection kafka;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
        kafka = KafkaConnection.of(broker.bootstrapServers());
        TopicSetup.create(kafka, TopicSetup.topics());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @TempDir
    Path folder;

    private Path inputs;
    private Path outputs;
    private Telemetry telemetry;
    private RunningWorker inference;
    private RunningWorker training;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws IOException, InterruptedException {
        inputs = Files.createDirectory(folder.resolve("inputs"));
        outputs = Files.createDirectory(folder.resolve("outputs"));
        telemetry = Telemetry.start(new TelemetryConfig(
                "up", "1.2.3", Optional.of(new InetSocketAddress("127.0.0.1", 0)), Optional.empty(), SOON));
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).contains("STARTING");
        startWorkers();
    }

    private void startWorkers() {
        Path models = folder.resolve("models");
        RandomModelFixture.tiny(models.resolve("tiny/1"));
        ModelStore store = new ModelStore(models);
        AccessPolicy access = AccessPolicy.files(List.of(inputs), List.of(outputs));
        WatchedWorkers workers = new WatchedWorkers(telemetry);
        workers.cluster(kafka, List.of(WorkerRole.inference("told"), WorkerRole.training("told-train")));
        inference = workers.inference(new InferenceWorkerConfig(
                kafka,
                JobLoopConfig.of(Topics.SCAN_ARRIVED, "told", URI.create("/test"))
                        .withUrgent(Topics.SCAN_URGENT),
                store,
                access,
                new SegmentationSettings(folder.resolve("scratch"), 1 << 22, "test"),
                ComputeSettings.on("cpu")));
        training = workers.training(
                TrainingWorkerConfig.of(kafka, "told-train", store, access, folder.resolve("scratch")),
                "cpu",
                "test",
                Duration.ofMinutes(5));
        telemetry.webhooks(); // as up
        telemetry.started();
    }

    @AfterEach
    void stop() throws InterruptedException {
        inference.stop(Duration.ZERO);
        training.stop(Duration.ZERO);
        telemetry.close();
    }

    @Test
    void aScrapeAfterAJobAndAFoldHasAllOfTheCatalogueAndNothingOfAnybody() throws Exception {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get("/readyz").body()).contains("\"status\":\"up\""));
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        Path dataset = new PhantomDataset(new Shape3(80, 64, 48), new double[] {4.2, 4.2, 4.2})
                .write(inputs.resolve("phantoms"), 2);

        assertThat(traceOf(segment(dataset.resolve("imagesTr/phantom_001.nii.gz"))))
                .contains(TRACE.parent());
        pauseForTheOutputs(dataset.resolve("imagesTr/phantom_002.nii.gz"));
        completed(new ScanArrived(
                "marked",
                new InputReference(
                        MarkedSeries.write(inputs, "marked").toUri(), InputReference.Kind.DICOM, Optional.empty()),
                new ModelReference("tiny", Optional.empty()),
                outputs.toUri()));
        sendRubbish();
        train(dataset);

        await().atMost(SOON).untilAsserted(() -> assertThat(missing(scrape())).isEmpty());
        assertThat(MarkedSeries.ALL)
                .as("of the patient of a DICOM series")
                .noneMatch(get("/metrics").body()::contains);
        List<ScrapedSeries> all = scrape();
        assertThat(all).allSatisfy(series -> {
            Metric metric = Catalogue.of(series.name()).orElseThrow(() -> new AssertionError(series.name()));
            assertThat(series.labels().keySet()).isSubsetOf(labels(metric));
            assertThat(series.labels().values())
                    .noneMatch(value -> value.contains("Doe")
                            || value.contains("/")
                            || value.contains(TRAINING)
                            || value.contains(TRACE.traceId()));
        });
        assertThat(all).hasSizeLessThan(1500);
        assertThat(value(all, "deformux_jobs_total", "completed")).isEqualTo(3 + 2 + 1);
        assertThat(value(all, "deformux_jobs_total", "EVENT_INVALID")).isEqualTo(1);
        assertThat(value(all, "deformux_job_retries_total", "OUTPUT_ROOT_MISSING"))
                .isPositive();
        assertThat(value(all, "deformux_stage_seconds_count", "infer")).isEqualTo(3);
        assertThat(value(all, "deformux_window_seconds_count", "")).isPositive();
        assertThat(value(all, "deformux_training_iteration_seconds_count", "")).isPositive();
        assertThat(value(all, "deformux_jobs_in_flight", "")).isZero();
        assertThat(all)
                .filteredOn(series -> series.name().equals(Metric.KAFKA_ASSIGNED.prometheusName()))
                .extracting(series -> series.labels().get("group"))
                .containsExactlyInAnyOrder("told", "told-train-fold", "told-train-publish");
        assertThat(value(all, "deformux_queue_wait_seconds_count", "deformux.scan.arrived"))
                .isEqualTo(3);
    }

    private ReceivedEvent segment(Path scan) throws Exception {
        return completed(scan(JOB, scan));
    }

    private ReceivedEvent completed(ScanArrived job) throws Exception {
        try (EventReader reader = new EventReader(kafka, List.of(Topics.SEGMENTATION_RESULT), EventReader.From.NOW)) {
            send(TRACE.on(record(job)));
            return reader.await(received -> received.event().key().equals(job.jobId()), SOON)
                    .filter(received -> received.event() instanceof SegmentationCompleted)
                    .orElseThrow();
        }
    }

    /** The worker waits, which its health and a metric say by the code, and goes on. */
    private void pauseForTheOutputs(Path scan) throws Exception {
        Path away = Files.move(outputs, folder.resolve("away"));
        send(record(scan("paused", scan)));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(get("/readyz").statusCode()).isEqualTo(503);
            assertThat(get("/readyz").body()).contains("\"inference.environment\":\"OUTPUT_ROOT_MISSING\"");
            assertThat(value(scrape(), "deformux_environment_paused", "OUTPUT_ROOT_MISSING"))
                    .isEqualTo(1);
        });
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        Files.move(away, outputs);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(get("/readyz").statusCode()).isEqualTo(200);
            assertThat(value(scrape(), "deformux_environment_paused", "")).isZero();
        });
    }

    private void sendRubbish() throws Exception {
        send(new ProducerRecord<>(Topics.SCAN_ARRIVED, "rubbish".getBytes(StandardCharsets.UTF_8)));
    }

    private void train(Path dataset) {
        try (EventReader reader = new EventReader(kafka, List.of(Topics.TRAINING_RESULT), EventReader.From.NOW);
                EventPublisher publisher = new EventPublisher(kafka, URI.create("/test"))) {
            publisher.publish(request(dataset));
            assertThat(reader.await(received -> received.event() instanceof TrainingCompleted, SOON.multipliedBy(4)))
                    .isPresent();
        }
    }

    private TrainingRequested request(Path dataset) {
        TrainingSettings settings = new TrainingSettings(
                4,
                2,
                1,
                1,
                List.of(32, 32, 32),
                1e-3,
                TrainingSettings.REFERENCE.optimizer(),
                TrainingSettings.REFERENCE.weightDecay(),
                false);
        TrainingSpec spec = new TrainingSpec(
                dataset.toUri(),
                PreprocessingSpec.explicit(new ExplicitPreprocessing(Optional.empty(), -125, 275, Optional.empty())),
                new Split(2, Optional.empty(), Optional.empty()),
                new NetworkShape(List.of(4, 4, 8, 8), List.of(1, 1, 1, 1), 8, 3).architecture(),
                settings,
                7,
                Optional.empty());
        return new TrainingRequested(TRAINING, spec, "phantoms", outputs.toUri());
    }

    private static String traceOf(ReceivedEvent received) {
        return String.valueOf(received.envelope().getExtension("traceparent"));
    }

    private ScanArrived scan(String job, Path scan) {
        return new ScanArrived(
                job,
                new InputReference(scan.toUri(), InputReference.Kind.NIFTI, Optional.empty()),
                new ModelReference("tiny", Optional.empty()),
                outputs.toUri());
    }

    private static ProducerRecord<byte[], byte[]> record(Event event) {
        return new EventRecords(URI.create("/test"), 1 << 20).write(event);
    }

    private static void send(ProducerRecord<byte[], byte[]> made) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(made).get();
        }
    }

    private static Set<String> labels(Metric metric) {
        Set<String> labels = metric.labels().stream().collect(Collectors.toSet());
        labels.add("le");
        return labels;
    }

    /** Of the bridge there is nothing here, and what a library counts when it happens need not have happened. */
    private static List<Metric> missing(List<ScrapedSeries> all) {
        Set<Metric> there = all.stream()
                .flatMap(series -> Catalogue.of(series.name()).stream())
                .collect(Collectors.toSet());
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.programs().contains("U"))
                .filter(metric -> metric != Metric.JVM_PAUSES)
                .filter(metric -> !there.contains(metric))
                .toList();
    }

    /** The sum over the series of that name that have such a label value somewhere. */
    private static double value(List<ScrapedSeries> all, String name, String label) {
        return all.stream()
                .filter(series -> series.name().equals(name))
                .filter(series -> label.isEmpty() || series.labels().containsValue(label))
                .mapToDouble(ScrapedSeries::value)
                .sum();
    }

    private List<ScrapedSeries> scrape() throws IOException, InterruptedException {
        HttpResponse<String> response = get("/metrics");
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
        return ScrapedSeries.parse(response.body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create(
                "http://127.0.0.1:" + telemetry.address().orElseThrow().getPort() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
