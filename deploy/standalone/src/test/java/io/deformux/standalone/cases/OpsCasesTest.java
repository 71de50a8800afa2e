package io.deformux.standalone.cases;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.deadletter.DeadLetter;
import io.deformux.messaging.deadletter.DeadLetterDesk;
import io.deformux.messaging.deadletter.DeadLetterFilter;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.model.ModelStore;
import io.deformux.nifti.NiftiWriter;
import io.deformux.parity.Fixtures;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.NetworkShape;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.Split;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.schemas.TrainingRequested;
import io.deformux.schemas.TrainingSettings;
import io.deformux.schemas.TrainingSpec;
import io.deformux.standalone.Deformux;
import io.deformux.standalone.ProgramProcess;
import io.deformux.standalone.packaging.RandomModelFixture;
import io.deformux.storage.AccessPolicy;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.InferenceWorker;
import io.deformux.worker.infer.InferenceWorkerConfig;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.train.plan.PlanApp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators have reported of messages and trainings, with what they sent: each ends as its page says is right. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OpsCasesTest {
    private static final String MESSAGING = "common/messaging/src/test/java/io/deformux/messaging/";

    /** Every case that is not of a data set or an evaluation, and the test that has it: of this class, or of another room. */
    private static final Map<String, String> TESTS = Map.ofEntries(
            entry(
                    "cache-on-full-disk",
                    "worker-train/src/test/java/io/deformux/worker/train/preparation/PreparationCacheTest.java"
                            + "#aFullDiskIsAFaultOfTheOutputThatIsTriedAgain"),
            entry(
                    "config-error-cause",
                    MESSAGING
                            + "cluster/RefusalTest.java#aConnectionThatCannotBeUsedIsToldByItsInnermostCauseInOneLine"),
            entry("dead-letter-too-large", "aRecordThatIsTooLargeForTheDeadLettersIsCut"),
            entry("event-id-reused", "resultsThatDifferHaveIdsThatDiffer"),
            entry("header-without-value", "aHeaderWithoutValueStopsNobody"),
            entry("lag-never-zero", "nothingLeftToDoIsNoLag"),
            entry("longer-training-keeps-old-model", "aLongerTrainingPublishesItsBestNetwork"),
            entry("negative-timestamp", "aRequestWithoutTimeIsPlannedAndSoIsTheNext"),
            entry("partitions-added", "partitionsThatAreAddedAreWatchedWorkedAndPlanned"),
            entry("structured-mode", "anEventInStructuredModeIsAJob"));

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final URI SOURCE = URI.create("/test/cases");
    private static final DeadLetterFilter ALL =
            new DeadLetterFilter(Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty(), false);

    @TempDir
    private Path folder;

    private final List<AutoCloseable> running = new ArrayList<>();
    private Path cases;
    private Path scan;
    private Path otherScan;
    private EmbeddedBroker broker;
    private KafkaConnection kafka;
    private EventReader results;

    @BeforeEach
    void start() throws IOException {
        cases = Fixtures.bugReport("ops");
        Files.createDirectories(folder.resolve("out"));
        RandomModelFixture.tiny(folder.resolve("models/tiny/1"));
        scan = scan("scan.nii.gz", 40);
        otherScan = scan("other.nii.gz", 90);
        broker = EmbeddedBroker.start();
        running.add(broker);
        kafka = new KafkaConnection(broker.bootstrapServers(), Map.of("metadata.max.age.ms", "1000"));
        TopicSetup.create(kafka);
        results = new EventReader(kafka, List.of(Topics.SEGMENTATION_RESULT), EventReader.From.NOW);
        running.add(results);
    }

    @AfterEach
    void stop() throws Exception {
        for (int n = running.size() - 1; n >= 0; n--) {
            running.get(n).close();
        }
    }

    @Test
    void everyCaseHasItsTest() throws IOException {
        List<String> own = Arrays.stream(OpsCasesTest.class.getDeclaredMethods())
                .map(method -> method.getName())
                .toList();
        try (Stream<Path> all = Files.list(cases)) {
            assertThat(all.map(each -> each.getFileName().toString())
                            .filter(name -> !name.startsWith("dataset-") && !name.startsWith("evaluate-")))
                    .containsExactlyInAnyOrderElementsOf(TESTS.keySet());
        }
        for (String test : TESTS.values()) {
            if (test.contains("#")) {
                Path file = Fixtures.checkoutRoot().resolve(test.substring(0, test.indexOf('#')));
                assertThat(file).content().contains("void " + test.substring(test.indexOf('#') + 1) + "(");
            } else {
                assertThat(own).contains(test);
            }
        }
    }

    @Test
    void aHeaderWithoutValueStopsNobody() throws Exception {
        worker();
        plan();
        script("bash", "header-without-value/send.sh", "tiny", scan.toString(), out())
                .repeat(address());

        assertCompleted("same-place", "other-place", "null-header"); // read as if the header were absent
        awaitPlanned("after");
        await().atMost(LONG).untilAsserted(() -> assertThat(letters())
                .extracting(DeadLetter::topic, DeadLetter::code)
                .containsExactly(tuple(Topics.TRAINING_REQUESTED, "EVENT_INVALID")));
    }

    @Test
    void aRecordThatIsTooLargeForTheDeadLettersIsCut() throws Exception {
        worker();
        script("python3", "dead-letter-too-large/send.py", "tiny", scan.toString(), out())
                .repeat(address());

        assertCompleted("same-place", "other-place");
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.job()).contains("big");
            assertThat(letter.value()).isEmpty();
            assertThat(letter.headers()).containsKey("x-baggage");
        });
    }

    @Test
    void anEventInStructuredModeIsAJob() throws Exception {
        worker();
        script("bash", "structured-mode/send.sh", "tiny", scan.toString(), out())
                .repeat(address());

        assertCompleted("structured");
    }

    @Test
    void resultsThatDifferHaveIdsThatDiffer() throws Exception {
        worker();
        script("python3", "event-id-reused/send.py", "tiny", scan.toString(), otherScan.toString(), out())
                .repeat(address());

        List<ReceivedEvent> all = new ArrayList<>();
        await().atMost(LONG).untilAsserted(() -> {
            all.addAll(results.read(Duration.ofMillis(200)));
            assertThat(all).hasSize(4);
        });
        assertThat(all).extracting(received -> received.envelope().getId()).doesNotHaveDuplicates();
        assertThat(all)
                .extracting(received -> received.event().key())
                .containsExactlyInAnyOrder("reuse", "reuse", "reuse-failed", "reuse-failed");
    }

    @Test
    void aRequestWithoutTimeIsPlannedAndSoIsTheNext() throws Exception {
        plan();
        Path request = folder.resolve("request.json");
        Files.writeString(
                request, new EventCodec().toJsonOfVersion1(request("timeless")).orElseThrow());
        CaseScript.run(
                        work(),
                        List.of(
                                "node",
                                cases.resolve("negative-timestamp/send.js").toString(),
                                "127.0.0.1:1",
                                request.toString(),
                                "timeless"))
                .repeat(address());

        assertPlanned("timeless");
        assertPlanned("timeless-after");
        assertThat(letters()).isEmpty();
    }

    @Test
    void partitionsThatAreAddedAreWatchedWorkedAndPlanned() throws Exception {
        worker();
        try (PlanApp planned = plan()) {
            assertThat(planned).isNotNull();
            awaitPlanned("before");
        }
        ProgramProcess watch = ProgramProcess.start(
                Map.of(),
                folder.resolve("watch.txt"),
                "watch",
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--from-beginning");
        running.add(watch);
        try (EventPublisher publisher = new EventPublisher(kafka, SOURCE)) {
            publisher.publish(job("before-they-are-added"));
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(watch.printed()).contains("\"before-they-are-added\""));
        CaseScript.run(
                        work(),
                        List.of(
                                "python3",
                                cases.resolve("partitions-added/add.py").toString(),
                                "127.0.0.1:1",
                                Topics.SEGMENTATION_RESULT,
                                "48",
                                Topics.TRAINING_REQUESTED,
                                "20"))
                .repeat(address());
        worker(); // learns of them at once
        try (EventPublisher publisher = new EventPublisher(kafka, SOURCE)) {
            for (int n = 0; n < 32; n++) {
                publisher.publish(job("job-" + n));
            }
        }
        List<ReceivedEvent> all = new ArrayList<>();
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            all.addAll(results.read(Duration.ofMillis(200)));
            assertThat(all)
                    .extracting(received -> received.event().key())
                    .doesNotHaveDuplicates()
                    .hasSize(1 + 32);
        });
        assertThat(all)
                .extracting(received -> received.partition())
                .anyMatch(partition -> partition >= TopicSetup.JOB_PARTITIONS);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(watch.printed().lines().filter(line -> line.contains("\"job-")))
                        .hasSize(32));
        plan();
        awaitPlanned("after");
    }

    @Test
    void nothingLeftToDoIsNoLag() throws Exception {
        worker();
        FeedPublisher.createTopic(kafka);
        try (FeedPublisher feed = FeedPublisher.open(kafka, SOURCE, "archive")) {
            feed.publish(List.of(job("of-an-archive")), 1);
        }
        assertCompleted("of-an-archive");

        try (Admin admin = Admin.create(kafka.client(Map.of()))) {
            await().atMost(LONG).untilAsserted(() -> assertThat(lag(admin, "cases", Topics.SCAN_ARRIVED))
                    .isZero());
        }
    }

    @Test
    void aLongerTrainingPublishesItsBestNetwork() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash runs it");
        Path launcher = Files.writeString(
                folder.resolve("deformux"),
                "#!/bin/bash\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '"
                        + System.getProperty("java.class.path") + "' -Dai.djl.offline=true " + Deformux.class.getName()
                        + " \"$@\"\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Path said = folder.resolve("said");
        int code = new ProcessBuilder(
                        "bash",
                        cases.resolve("longer-training-keeps-old-model/run.sh").toString(),
                        launcher.toString(),
                        folder.resolve("trained").toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();

        assertThat(code).as(() -> "see " + said).isZero();
        assertThat(said).content().contains("RIGHT");
    }

    private CaseScript script(String interpreter, String name, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(interpreter, cases.resolve(name).toString(), "127.0.0.1:1"));
        command.addAll(List.of(arguments));
        return CaseScript.run(work(), command);
    }

    private Path work() throws IOException {
        return Files.createTempDirectory(folder, "script");
    }

    private String out() {
        return folder.resolve("out").toString();
    }

    private String address() {
        return broker.bootstrapServers();
    }

    private void worker() {
        running.add(InferenceWorker.start(new InferenceWorkerConfig(
                kafka,
                JobLoopConfig.of(Topics.SCAN_ARRIVED, "cases", SOURCE),
                new ModelStore(folder.resolve("models")),
                AccessPolicy.files(List.of(folder), List.of(folder.resolve("out"))),
                new SegmentationSettings(folder.resolve("scratch"), 1 << 22, "test"),
                ComputeSettings.on("cpu"))));
    }

    private PlanApp plan() {
        PlanApp app = PlanApp.start(kafka, "cases-plan", SOURCE, Duration.ofSeconds(6), JobObserver.NONE);
        running.add(app);
        return app;
    }

    private void assertCompleted(String... jobs) {
        for (String job : jobs) {
            try (EventReader all =
                    new EventReader(kafka, List.of(Topics.SEGMENTATION_RESULT), EventReader.From.EARLIEST)) {
                assertThat(all.await(received -> received.event().key().equals(job), LONG))
                        .as(job)
                        .hasValueSatisfying(
                                received -> assertThat(received.event()).isInstanceOf(SegmentationCompleted.class));
            }
        }
    }

    private List<DeadLetter> letters() {
        return DeadLetterDesk.list(kafka, ALL);
    }

    private void awaitPlanned(String id) {
        try (EventPublisher publisher = new EventPublisher(kafka, SOURCE)) {
            publisher.publish(request(id));
        }
        assertPlanned(id);
    }

    private void assertPlanned(String id) {
        try (EventReader folds =
                new EventReader(kafka, List.of(Topics.TRAINING_FOLD_REQUESTED), EventReader.From.EARLIEST)) {
            assertThat(folds.await(received -> isFoldOf(received, id), LONG))
                    .as(id)
                    .isPresent();
        }
    }

    private static boolean isFoldOf(ReceivedEvent received, String id) {
        return received.event() instanceof TrainingFoldRequested fold
                && fold.trainingId().equals(id);
    }

    private ScanArrived job(String id) {
        return new ScanArrived(
                id,
                new InputReference(scan.toUri(), InputReference.Kind.NIFTI, Optional.empty()),
                new ModelReference("tiny", Optional.empty()),
                folder.resolve("out").toUri());
    }

    private static TrainingRequested request(String id) {
        return new TrainingRequested(
                id,
                new TrainingSpec(
                        URI.create("file:///data/set"),
                        PreprocessingSpec.explicit(
                                new ExplicitPreprocessing(Optional.empty(), -100, 200, Optional.empty())),
                        Split.drawn(1),
                        new NetworkShape(List.of(4, 4, 8, 8), List.of(1, 1, 1, 1), 8, 3).architecture(),
                        TrainingSettings.REFERENCE,
                        1,
                        Optional.empty()),
                "organs",
                URI.create("file:///out/" + id + "/"));
    }

    private Path scan(String name, float value) throws IOException {
        Shape3 shape = new Shape3(20, 20, 20);
        float[] voxels = new float[shape.length()];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = value + n % 7;
        }
        Path file = folder.resolve(name);
        new NiftiWriter().write(new Volume(new Geometry(shape, Affine.scaling(1, 1, 1)), voxels), file);
        return file;
    }

    private static long lag(Admin admin, String group, String topic) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        long lag = 0;
        int partitions = admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
        for (int n = 0; n < partitions; n++) {
            TopicPartition partition = new TopicPartition(topic, n);
            ListOffsetsResultInfo end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get();
            OffsetAndMetadata done = committed.get(partition);
            lag += end.offset() - (done == null ? 0 : done.offset());
        }
        return lag;
    }
}
