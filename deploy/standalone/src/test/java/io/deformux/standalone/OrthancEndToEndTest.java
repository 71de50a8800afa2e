package io.deformux.standalone;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Pattern;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.seg.SegReader;
import io.deformux.dicom.series.DicomSeriesReader;
import io.deformux.dicom.series.DicomSeriesWriter;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.model.ModelPackage;
import io.deformux.model.ModelStore;
import io.deformux.network.PrecisionChoice;
import io.deformux.nifti.NiftiReader;
import io.deformux.pacs.Orthanc;
import io.deformux.pacs.PacsBridge;
import io.deformux.pacs.SeriesEvents;
import io.deformux.routing.AttributePath;
import io.deformux.routing.Condition;
import io.deformux.routing.RoutingRules;
import io.deformux.routing.RoutingRulesReader;
import io.deformux.routing.Rule;
import io.deformux.routing.WantedJob;
import io.deformux.schemas.Event;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.Topics;
import io.deformux.standalone.packaging.RandomModelFixture;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Credentials;
import io.deformux.storage.HostRule;
import io.deformux.storage.Origin;
import io.deformux.storage.Secret;
import io.deformux.storage.Use;
import io.deformux.testing.format.EnhancedCt;
import io.deformux.testing.server.KafkaFixture;
import io.deformux.testing.server.OrthancServer;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.InferenceWorker;
import io.deformux.worker.infer.InferenceWorkerConfig;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A modality sends a series to a real Orthanc; bridge, Kafka and worker bring its segmentation back into the same study. Needs
 * Debian's orthanc, orthanc-dicomweb, dcmtk and dicom3tools; skipped without them.
 */
@Timeout(300)
class OrthancEndToEndTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, kafka -> {
        TopicSetup.create(kafka);
        FeedPublisher.createTopic(kafka);
    });

    /** Where the tests have got to in the one Orthanc. */
    private static final String FEED = "feed-" + UUID.randomUUID();

    @TempDir
    private static Path folder;

    private static OrthancServer orthanc;
    private static InferenceWorker worker;
    private static RoutingRules rules;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(OrthancServer.installed(), "orthanc, orthanc-dicomweb, dcmtk or dicom3tools are not installed");
        orthanc = new OrthancServer(folder);
        ModelPackage model = RandomModelFixture.tiny(folder.resolve("models/tiny/1"));
        Path output = Files.createDirectories(folder.resolve("outputs"));
        rules = new RoutingRules(List.of(new Rule(
                new Condition.Equal(AttributePath.parse("Modality"), List.of("CT")),
                List.of(new WantedJob(
                        new ModelReference(model.id().name(), Optional.empty()),
                        output.toUri(),
                        Optional.of(URI.create(orthanc.dicomWeb() + "/studies")),
                        Optional.empty(),
                        Optional.empty())))));
        AccessPolicy access = AccessPolicy.files(List.of(), List.of(output))
                .withHosts(new HostRule(
                        Origin.parse(orthanc.root().toString()),
                        List.of(),
                        Set.of(Use.READ, Use.STORE),
                        Optional.of(new Credentials.Basic(orthanc.user(), new Secret.InFile(orthanc.password())))));
        worker = InferenceWorker.start(new InferenceWorkerConfig(
                KAFKA.connection(),
                JobLoopConfig.of(Topics.SCAN_ARRIVED, "pacs-" + UUID.randomUUID(), URI.create("/test/worker")),
                new ModelStore(folder.resolve("models")),
                access,
                new SegmentationSettings(
                        folder.resolve("scratch"),
                        1 << 26,
                        "test",
                        EnumSet.of(OutputRole.LABEL_MAP, OutputRole.DICOM_SEG, OutputRole.DICOM_SR),
                        SegKind.BINARY),
                new ComputeSettings("cpu", PrecisionChoice.AUTO, false, true)));
    }

    @AfterAll
    static void stop() {
        if (worker != null) {
            worker.close();
        }
        if (orthanc != null) {
            orthanc.close();
        }
    }

    @Test
    void anObliqueSeries() throws Exception {
        double c = Math.cos(0.3);
        double s = Math.sin(0.3);
        comesBack(series(Affine.of(-c, s * 0.9, 0, 10, -s, -c * 0.9, 0, 20, 0, 0, 2.5, -30), "oblique"));
    }

    @Test
    void aFeetFirstSeries() throws Exception {
        comesBack(series(Affine.of(1, 0, 0, -20, 0, -0.9, 0, 20, 0, 0, -2.5, 30), "feet first"));
    }

    @Test
    void aMultiFrameObject() throws Exception {
        Path object = folder.resolve("multi-frame/object.dcm");
        comesBack(EnhancedCt.write(object, "frames", 48, 40, 40, OrthancEndToEndTest::value)
                .getParent());
    }

    @Test
    void aRealHead() throws Exception {
        Path data = Path.of(
                Optional.ofNullable(System.getenv("DEFORMUX_DATA")).orElse("../../../shared/data"), "ct-head/dicom");
        assumeThat(data).isDirectory();
        comesBack(data);
    }

    @Test
    void anotherArchiveInTheSamePlaceIsNoticed() throws Exception {
        String feed = "feed-" + UUID.randomUUID();
        try (FeedPublisher publisher = FeedPublisher.open(KAFKA.connection(), URI.create("/test/bridge"), feed)) {
            publisher.publish(List.of(), 1_000_000);
        }
        assertThat(catchThrowableOfType(JobException.class, () -> publishAll(feed, rules))
                        .code())
                .isEqualTo(FailureCode.PACS_FEED_SHORTENED);
    }

    @Test
    void aRestartedBridgePublishesNothingTwice() throws Exception {
        String feed = "feed-" + UUID.randomUUID();
        RoutingRules nowhere = new RoutingRules(List.of(new Rule(
                new Condition.Matches(AttributePath.parse("PatientID"), Pattern.compile(".")),
                List.of(WantedJob.of("no-such-model", folder.toUri())))));
        orthanc.send(series(Affine.of(-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 3, 0), "restart"));
        List<ScanArrived> first = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> publishAll(feed, nowhere), jobs -> !jobs.isEmpty());
        assertThat(first).allMatch(job -> job.jobId().startsWith("pacs-"));
        assertThat(publishAll(feed, nowhere)).doesNotContainAnyElementsOf(first);
    }

    @Test
    void rulesSeeAnyAttributeAndWhatTheyWouldSendIsSent() throws Exception {
        Path slices = series(Affine.of(-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 3.5, 0), "rules");
        orthanc.send(slices);
        RoutingRules thick = new RoutingRulesReader()
                .read(Files.writeString(
                        folder.resolve("thick.json"),
                        "{\"rules\": [{\"when\": {\"tag\": \"SliceThickness\", \"least\": 3.4}, \"model\":"
                                + " \"no-such-model\", \"output\": \"file:///out/\"}]}"));
        String study;
        try (DicomFile slice =
                DicomFile.open(slices.resolve("0001.dcm"), 1 << 20).orElseThrow()) {
            study = slice.header().uid(Tag.STUDY_INSTANCE_UID);
        }

        List<ScanArrived> told = SeriesEvents.ofUid(
                new Orthanc(orthanc.root(), Optional.of(orthanc.credentials())), study, thick, orthanc.dicomWeb());

        assertThat(told).hasSize(1);
        String feed = "feed-" + UUID.randomUUID();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> publishAll(feed, thick), jobs -> jobs.containsAll(told));
    }

    /** Runs a bridge to the end of the feed; gives the jobs that it published. */
    private static List<ScanArrived> publishAll(String feed, RoutingRules rules)
            throws IOException, InterruptedException {
        try (EventReader reader = new EventReader(KAFKA.connection(), List.of(Topics.SCAN_ARRIVED), From.NOW);
                FeedPublisher publisher = FeedPublisher.open(KAFKA.connection(), URI.create("/test/bridge"), feed)) {
            PacsBridge bridge = new PacsBridge(
                    new Orthanc(orthanc.root(), Optional.of(orthanc.credentials())),
                    () -> rules,
                    orthanc.dicomWeb(),
                    publisher);
            while (bridge.step()) {
                // the next page
            }
            List<ScanArrived> published = new ArrayList<>();
            List<ReceivedEvent> read = reader.read(Duration.ofSeconds(2));
            while (!read.isEmpty()) {
                read.forEach(received -> published.add((ScanArrived) received.event()));
                read = reader.read(Duration.ofSeconds(1));
            }
            return published;
        }
    }

    /** The job of a series, if the bridge publishes it now. */
    private static Optional<String> published(String seriesUid) throws IOException, InterruptedException {
        return publishAll(FEED, rules).stream()
                .filter(job -> job.input().uri().getPath().endsWith("/" + seriesUid))
                .map(ScanArrived::jobId)
                .findFirst();
    }

    private static void comesBack(Path series) throws Exception {
        try (EventReader results = new EventReader(KAFKA.connection(), List.of(Topics.SEGMENTATION_RESULT), From.NOW)) {
            orthanc.send(series);
            String seriesUid = new DicomSeriesReader(DicomLimits.defaults())
                    .read(series, Optional.empty())
                    .info()
                    .seriesInstanceUid();
            String job = Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> published(seriesUid), Optional::isPresent)
                    .orElseThrow();
            Event result = results.await(received -> received.event().key().equals(job), Duration.ofSeconds(200))
                    .orElseThrow()
                    .event();
            assertThat(result).isInstanceOf(SegmentationCompleted.class);
            check((SegmentationCompleted) result, series);
        }
    }

    /** A DICOM object as Orthanc gives it back. */
    private static byte[] object(SegmentationCompleted completed, String role) throws Exception {
        URI stored = completed.outputs().stream()
                .filter(output -> output.role().equals(role))
                .map(OutputFile::uri)
                .findFirst()
                .orElseThrow();
        String instance = stored.getPath().substring(stored.getPath().lastIndexOf('/') + 1);
        JsonNode ids = new ObjectMapper().readTree(orthanc.post("/tools/lookup", instance));
        assertThat(ids).as("Orthanc knows the object").isNotEmpty();
        return orthanc.get("/instances/" + ids.get(0).path("ID").asText() + "/file");
    }

    private static void check(SegmentationCompleted completed, Path series) throws Exception {
        Path seg = folder.resolve(completed.jobId() + ".dcm");
        Files.write(seg, object(completed, "dicom-seg"));

        var source = new DicomSeriesReader(DicomLimits.defaults()).read(series, Optional.empty());
        String study = source.info().studyInstanceUid();
        assertThat(new String(
                        orthanc.get("/dicom-web/studies/" + study + "/series?Modality=SEG"), StandardCharsets.UTF_8))
                .as("the segmentations of the study")
                .contains("\"SEG\"");

        assertThat(said("dciodvfy", seg)).contains("Segmentation").doesNotContain("Error");

        Path labels = completed.outputs().stream()
                .filter(output -> output.role().equals("label-map"))
                .map(output -> Path.of(output.uri()))
                .findFirst()
                .orElseThrow();
        LabelMap nifti = new NiftiReader(1 << 26).readLabels(labels);
        LabelMap dicom = new SegReader().read(seg, nifti.geometry());
        assertThatArray(dicom.labels()).isEqualTo(nifti.labels());

        Path report = folder.resolve(completed.jobId() + "-report.dcm");
        Files.write(report, object(completed, "dicom-sr"));
        assertThat(said("dciodvfy", report)).contains("EnhancedSR").doesNotContain("Error");
        assertThat(said("dsrdump", report))
                .contains("Imaging Measurement Report")
                .doesNotContain("E: ");
    }

    private static String said(String tool, Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(tool, file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** The voxels of something that the small network finds all kinds of labels in. */
    private static int value(int n) {
        return n * 37 % 400 - 100;
    }

    /** Forty slices of it. */
    private static Path series(Affine affine, String name) {
        Shape3 shape = new Shape3(48, 40, 40);
        float[] voxels = new float[shape.length()];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = value(n);
        }
        Path series = folder.resolve("series " + name);
        new DicomSeriesWriter().write(series, new Volume(new Geometry(shape, affine), voxels), name);
        return series;
    }
}
