package io.deformux.worker.infer;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.model.ModelId;
import io.deformux.model.ModelPackage;
import io.deformux.model.ModelStore;
import io.deformux.nifti.NiftiReader;
import io.deformux.schemas.Event;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.JobProgress;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.schemas.Topics;
import io.deformux.storage.AccessPolicy;
import io.deformux.testing.server.KafkaFixture;
import io.deformux.transform.Preset;
import io.deformux.volume.LabelMap;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker on a real broker: events in, events and files out, whatever the scan is like. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InferenceWorkerTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    @TempDir
    static Path inputs;

    @TempDir
    static Path outputs;

    @TempDir
    static Path models;

    @TempDir
    static Path scratch;

    private InferenceWorker worker;
    private EventPublisher publisher;

    @BeforeAll
    void startWorker() throws IOException {
        TinyModel.in(models, "1");
        BadScans.write(inputs);
        worker = InferenceWorker.start(new InferenceWorkerConfig(
                KAFKA.connection(),
                JobLoopConfig.of(Topics.SCAN_ARRIVED, "infer-test", URI.create("/test/worker"))
                        .withAttempts(new Attempts(2, Duration.ofMillis(50), Duration.ofMillis(50)))
                        .withProgressInterval(Duration.ofMillis(1)),
                new ModelStore(models),
                AccessPolicy.files(List.of(inputs), List.of(outputs)),
                new SegmentationSettings(scratch, 1 << 22, "test"),
                ComputeSettings.on("cpu")));
        publisher = new EventPublisher(KAFKA.connection(), URI.create("/test/router"));
    }

    @AfterAll
    void stopWorker() throws InterruptedException {
        publisher.close();
        assertThat(worker.stop(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void aScanBecomesALabelMapOnItsOwnGrid() {
        Path scan = Scans.nifti(inputs);

        SegmentationCompleted completed = (SegmentationCompleted) result(job(scan, Kind.NIFTI));

        OutputFile output = completed.outputs().get(0);
        LabelMap labels = new NiftiReader(1 << 22).readLabels(Path.of(output.uri()));
        assertThat(labels.geometry()).isEqualTo(new NiftiReader(1 << 22).readGeometry(scan));
        assertThat(completed.grid().shape()).containsExactly(40, 36, 20);
        assertThat(completed.model().name()).isEqualTo(TinyModel.NAME);
        assertThat(completed.labels()).extracting("name").containsExactly("kidney", "tumor", "cyst");
        assertThat(completed.labels()).allSatisfy(label -> {
            assertThat(label.voxels()).isEqualTo(labels.counts()[label.value()]);
            assertThat(label.volumeMl()).isEqualTo(label.voxels() * 1.5 * 1.5 * 3 / 1000);
        });
        assertThat(completed.timingsMs()).containsKeys("model", "fetch", "read", "preprocess", "infer", "store");
    }

    @Test
    void dicomAndNiftiOfTheSameScanGetTheSameLabels() throws IOException {
        Path series = Scans.dicom(Files.createDirectory(inputs.resolve("twin")), "twin");

        LabelMap fromDicom = labels((SegmentationCompleted) result(job(series, Kind.DICOM)));
        LabelMap fromNifti = labels((SegmentationCompleted) result(job(Scans.converted(inputs), Kind.NIFTI)));

        assertThat(fromDicom.geometry()).isEqualTo(fromNifti.geometry());
        assertThatArray(fromDicom.labels()).isEqualTo(fromNifti.labels());
    }

    @Test
    void aVersionPublishedWhileTheWorkerRunsServesTheNextJob(@TempDir Path elsewhere) throws IOException {
        Path scan = Scans.nifti(inputs);
        ModelPackage old = published(new ModelStore(models), elsewhere, "1", 3);
        SegmentationCompleted before = (SegmentationCompleted) result(job(scan, "fresh", Optional.empty()));

        ModelPackage published = published(new ModelStore(models), elsewhere, "2", 4);
        SegmentationCompleted after = (SegmentationCompleted) result(job(scan, "fresh", Optional.empty()));
        SegmentationCompleted pinned = (SegmentationCompleted) result(job(scan, "fresh", Optional.of("1")));

        assertThat(before.model()).isEqualTo(new ModelVersion("fresh", "1", old.digest()));
        assertThat(after.model()).isEqualTo(new ModelVersion("fresh", "2", published.digest()));
        assertThat(pinned.model()).isEqualTo(before.model());
        assertThatArray(labels(pinned).labels()).isEqualTo(labels(before).labels());
        assertThatArray(labels(after).labels()).isNotEqualTo(labels(before).labels());
    }

    private static ModelPackage published(ModelStore store, Path folder, String version, long seed) throws IOException {
        ModelPackage made = TinyModel.in(folder, new ModelId("fresh", version), Preset.KITS, 32, seed);
        return store.publish(made.manifest(), made.weights());
    }

    private static ScanArrived job(Path scan, String model, Optional<String> version) {
        return new ScanArrived(
                UUID.randomUUID().toString(),
                new InputReference(scan.toUri(), Kind.NIFTI, Optional.empty()),
                new ModelReference(model, version),
                outputs.toUri());
    }

    /** CloudEvents lets a consumer take events of one source and id for repeats. */
    @Test
    void aJobIdThatComesAgainWithAnotherScanHasEventsOfItsOwn() {
        String id = "reused-" + UUID.randomUUID();
        ScanArrived one = under(id, Scans.nifti(inputs), TinyModel.NAME);
        List<ScanArrived> jobs = List.of(
                one,
                under(id, Scans.converted(inputs), TinyModel.NAME),
                under(id, Scans.nifti(inputs), "nobody"),
                under(id, inputs.resolve("nothing.nii"), TinyModel.NAME));
        List<String> ids = jobs.stream().map(job -> eventId(received(job))).toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(eventId(received(one))).isEqualTo(ids.get(0));
        assertThat(eventId(received(jobs.get(3)))).isEqualTo(ids.get(3));
    }

    private static String eventId(ReceivedEvent received) {
        return received.envelope().getId();
    }

    private static ScanArrived under(String id, Path scan, String model) {
        return new ScanArrived(
                id,
                new InputReference(scan.toUri(), Kind.NIFTI, Optional.empty()),
                new ModelReference(model, Optional.empty()),
                outputs.toUri());
    }

    @Test
    void aRepeatedJobIsAnsweredAsBefore() throws IOException {
        ScanArrived job = job(Scans.nifti(inputs), Kind.NIFTI);

        SegmentationCompleted first = (SegmentationCompleted) result(job);
        SegmentationCompleted second = (SegmentationCompleted) result(job);

        assertThat(second).isEqualTo(first);
        try (Stream<Path> folders = Files.list(outputs)) {
            assertThat(folders.filter(folder -> folder.getFileName().toString().startsWith(job.jobId())))
                    .hasSize(1);
        }
    }

    @Test
    void progressCountsWindowsWhileTheJobRuns() {
        ScanArrived job = job(Scans.nifti(inputs), Kind.NIFTI);
        try (EventReader progress = new EventReader(KAFKA.connection(), List.of(Topics.PROGRESS), From.NOW)) {
            publisher.publish(job);

            Optional<ReceivedEvent> seen =
                    progress.await(event -> event.event().key().equals(job.jobId()), SOON);

            JobProgress event = (JobProgress) seen.orElseThrow().event();
            assertThat(event.unit()).isEqualTo("windows");
            assertThat(event.done()).isBetween(1L, event.total());
        }
    }

    @Test
    void theNewestVersionIsUsedWithoutARestart() throws IOException {
        assertThat(((SegmentationCompleted) result(job(Scans.nifti(inputs), Kind.NIFTI)))
                        .model()
                        .version())
                .isEqualTo("1");

        TinyModel.in(models, "2");
        SegmentationCompleted after = (SegmentationCompleted) result(newest(Scans.nifti(inputs)));

        assertThat(after.model().version()).isEqualTo("2");
    }

    static Stream<Arguments> badScans() {
        return BadScans.all();
    }

    @ParameterizedTest(name = "{0} fails with {3} in stage {2}")
    @MethodSource("badScans")
    void aBadScanGivesAFailedEventAndTheWorkerGoesOn(String name, Kind kind, String stage, String code) {
        SegmentationFailed failed = (SegmentationFailed) result(job(inputs.resolve(name), kind));

        assertThat(failed.code()).isEqualTo(code);
        assertThat(failed.stage()).isEqualTo(stage);
        assertThat(failed.message()).doesNotContain(inputs.toString()).isNotBlank();
        assertThat(failed.retryable()).isFalse();
        assertThat(scratch).isEmptyDirectory();
        assertThat(inputs.resolveSibling("evil.dcm")).doesNotExist();
        assertThat(result(job(Scans.nifti(inputs), Kind.NIFTI))).isInstanceOf(SegmentationCompleted.class);
    }

    @Test
    void anUnknownModelGivesAFailedEvent() {
        ScanArrived job = job(Scans.nifti(inputs), Kind.NIFTI);
        ScanArrived other =
                new ScanArrived(job.jobId(), job.input(), new ModelReference("nobody", Optional.empty()), job.output());

        SegmentationFailed failed = (SegmentationFailed) result(other);

        assertThat(failed.code()).isEqualTo("MODEL_NOT_FOUND");
        assertThat(failed.stage()).isEqualTo("model");
    }

    @Test
    void aReferenceOutsideTheAllowedRootsIsRefused(@TempDir Path elsewhere) {
        SegmentationFailed failed = (SegmentationFailed) result(job(Scans.nifti(elsewhere), Kind.NIFTI));

        assertThat(failed.code()).isEqualTo("REFERENCE_NOT_ALLOWED");
        assertThat(failed.stage()).isEqualTo("fetch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://[fd00:ec2::254]/latest/meta-data",
                "http://[::ffff:169.254.169.254]/",
                "http://[fe80::1]/",
                "http://2852039166/",
                "http://0xa9fea9fe/",
                "http://metadata.google.internal/",
                "https://localhost/x.zip",
                "dicomweb://169.254.169.254/studies/1.2/series/1.2.3",
                "s3://anything/scan.nii.gz"
            })
    void addressesThatNobodyAllowedAreRefused(String reference) {
        ScanArrived job = job(inputs, Kind.DICOM);

        SegmentationFailed failed = (SegmentationFailed) result(new ScanArrived(
                job.jobId(),
                new InputReference(URI.create(reference), Kind.DICOM, Optional.empty()),
                job.model(),
                job.output()));

        assertThat(failed.code()).isEqualTo("REFERENCE_NOT_ALLOWED");
        assertThat(failed.retryable()).isFalse();
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void jobsLeaveNothingInTheScratchFolder() throws IOException {
        result(job(Scans.nifti(inputs), Kind.NIFTI));
        result(job(inputs.resolve("wrong-magic.nii"), Kind.NIFTI));

        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left).isEmpty();
        }
    }

    private ScanArrived job(Path input, Kind kind) {
        return new ScanArrived(
                "job-" + UUID.randomUUID(),
                new InputReference(input.toUri(), kind, Optional.empty()),
                new ModelReference(TinyModel.NAME, Optional.of("1")),
                outputs.toUri());
    }

    private ScanArrived newest(Path input) {
        ScanArrived job = job(input, Kind.NIFTI);
        return new ScanArrived(
                job.jobId(), job.input(), new ModelReference(TinyModel.NAME, Optional.empty()), job.output());
    }

    /** Publishes the job and waits for the event that ends it. */
    private Event result(ScanArrived job) {
        return received(job).event();
    }

    private ReceivedEvent received(ScanArrived job) {
        try (EventReader results = new EventReader(KAFKA.connection(), List.of(Topics.SEGMENTATION_RESULT), From.NOW)) {
            publisher.publish(job);
            return results.await(event -> event.event().key().equals(job.jobId()), SOON)
                    .orElseThrow(() -> new AssertionError("no result for " + job.jobId()));
        }
    }

    private static LabelMap labels(SegmentationCompleted completed) {
        LabelMap labels = new NiftiReader(1 << 22)
                .readLabels(Path.of(completed.outputs().get(0).uri()));
        assertThat(Arrays.stream(labels.counts()).sum()).isEqualTo(labels.labels().length);
        return labels;
    }
}
