package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpHandler;
import io.deformux.dicom.net.OutgoingObject;
import io.deformux.dicom.net.StorageUser;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.messaging.record.DeadLetters;
import io.deformux.model.ModelStore;
import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.Topics;
import io.deformux.standalone.command.ExitCode;
import io.deformux.standalone.demo.Phantom;
import io.deformux.standalone.demo.PhantomDataset;
import io.deformux.standalone.packaging.RandomModelFixture;
import io.deformux.testing.format.EnhancedCt;
import io.deformux.testing.server.AskedRight;
import io.deformux.testing.server.GuardedBroker;
import io.deformux.testing.server.GuardedBroker.Transport;
import io.deformux.testing.server.LoopbackServer;
import io.deformux.volume.Shape3;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each program on a broker with TLS, users and ACLs, with the rights that the operators' page lists for it: they are enough,
 * and none of them is for nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class LeastRightsTest {
    private static final Duration LONG = Duration.ofSeconds(120);
    /** Stands in what a user logs in with, and nowhere else. */
    private static final String SECRET = "PlainLoginModule";

    private static final List<String> PROGRAMS = List.of(
            "infer-worker",
            "train-worker",
            "pacs-bridge",
            "dicom-node",
            "replay",
            "results-page",
            "watch",
            "send scan",
            "send training",
            "send comparison",
            "cancel");

    @TempDir
    static Path folder;

    private GuardedBroker broker;
    private RightsTable table;

    @BeforeAll
    void start() throws IOException {
        table = RightsTable.read();
        broker = new GuardedBroker(
                folder,
                Transport.TLS,
                PROGRAMS.stream().map(LeastRightsTest::user).toList());
        KafkaConnection admin = new KafkaConnection(broker.bootstrapServers(), broker.asAdmin());
        TopicSetup.create(admin);
        FeedPublisher.createTopic(admin);
        PROGRAMS.forEach(program -> broker.grant(table.of(program, user(program), user(program))));
        Files.createDirectories(folder.resolve("scans"));
        Files.createDirectories(folder.resolve("results"));
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void thePageHasTheRightsOfEachProgram() {
        assertThat(table.programs()).containsExactlyInAnyOrderElementsOf(PROGRAMS);
    }

    @Test
    void aScanGoesTheWholeWayFromSendToWatch() throws Exception {
        RandomModelFixture.tiny(folder.resolve("models/tiny/1"));
        Path scan = folder.resolve("scans/scan.nii.gz");
        new NiftiWriter()
                .write(
                        Phantom.generate(new Shape3(40, 40, 36), new double[] {6, 6, 6}, 1)
                                .volume(),
                        scan);
        try (ProgramProcess worker = start("infer-worker", "models", "scans")) {
            run("send scan", "--input", scan.toString(), "--model", "tiny", "--output", results(), "--job-id", "job");
            String seen = run("watch", "--from-beginning", "--progress", "--count", "2");
            await().atMost(LONG).until(this::isSegmented);
            run("send scan", "--input", scan.toString(), "--model", "tiny", "--output", noFolder());
            awaitUseOf(Topics.RETRY, AclOperation.WRITE, "infer-worker");
            run(
                    "send scan",
                    "--input",
                    scan.toString(),
                    "--model",
                    "tiny",
                    "--output",
                    noFolder(),
                    "--priority",
                    "urgent");
            awaitUseOf(Topics.RETRY_URGENT, AclOperation.WRITE, "infer-worker");
            unreadable(Topics.SCAN_ARRIVED);
            awaitUseOf(Topics.DEAD_LETTER, AclOperation.WRITE, "infer-worker");
            run("cancel", "nobody");
            run("replay", "--model", "nobody", "--model-version", "1");
            run("replay", "--model", "nobody", "--model-version", "2", "--priority", "urgent");

            assertThat(seen.lines()).hasSize(2);
            assertThat(worker.printed()).doesNotContain(SECRET);
        }

        assertEnoughAndNotTooMuch("infer-worker");
        assertEnoughAndNotTooMuch("send scan");
        assertEnoughAndNotTooMuch("watch");
        assertEnoughAndNotTooMuch("cancel");
        assertEnoughAndNotTooMuch("replay");
    }

    @Test
    void aTrainingGoesTheWholeWay() throws Exception {
        new PhantomDataset(new Shape3(44, 56, 36), new double[] {8, 6, 8}).write(folder.resolve("dataset"), 4);
        Files.createDirectories(folder.resolve("trained"));
        try (ProgramProcess worker = start("train-worker", "trained", "dataset")) {
            run("send training", training("whole", results()));
            run("send training", training("waits", noFolder()));
            awaitUseOf(Topics.RETRY, AclOperation.WRITE, "train-worker");
            await().atMost(LONG)
                    .until(() ->
                            new ModelStore(folder.resolve("trained")).list().size() == 1);
            run("send comparison", comparison("which", results()));
            await().atMost(LONG).until(() -> Files.exists(folder.resolve("results/which.md")));
            unreadable(Topics.TRAINING_FOLD_REQUESTED);
            awaitUseOf(Topics.DEAD_LETTER, AclOperation.WRITE, "train-worker");
            awaitPurge(); // of what the plan has read, every half minute
            assertThat(worker.printed()).doesNotContain(SECRET);
        }

        assertEnoughAndNotTooMuch("train-worker");
        assertEnoughAndNotTooMuch("send training");
        assertEnoughAndNotTooMuch("send comparison");
    }

    @Test
    void aStableSeriesOfAnArchiveBecomesAnEvent() throws Exception {
        Path rules = Files.writeString(
                folder.resolve("rules.json"),
                "{\"rules\": [{\"modality\": \"CT\", \"model\": \"nobody\", \"output\": \"file:///results/\"},"
                        + " {\"modality\": \"MR\", \"model\": \"nobody\", \"output\": \"file:///results/\","
                        + " \"priority\": \"urgent\"}]}");
        try (LoopbackServer archive = archiveOfTwoSeries()) {
            Map<String, String> settings =
                    Map.of("orthanc", archive.origin(), "rules", rules.toString(), "poll-seconds", "1");
            try (ProgramProcess bridge = start("pacs-bridge", settings)) {
                awaitUseOf(Topics.SCAN_ARRIVED, AclOperation.WRITE, "pacs-bridge");
                awaitUseOf(Topics.SCAN_URGENT, AclOperation.WRITE, "pacs-bridge");
                awaitUseOf(FeedPublisher.TOPIC, AclOperation.WRITE, "pacs-bridge");
                assertThat(bridge.printed()).doesNotContain(SECRET);
            }
            try (ProgramProcess again = start("pacs-bridge", settings)) {
                awaitUseOf(FeedPublisher.TOPIC, AclOperation.READ, "pacs-bridge");
                assertThat(again.printed()).doesNotContain(SECRET);
            }
        }

        assertEnoughAndNotTooMuch("pacs-bridge");
    }

    @Test
    void aSeriesThatIsSentBecomesAnEvent() throws Exception {
        Path rules = Files.writeString(
                folder.resolve("node-rules.json"),
                "{\"rules\": [{\"output\": \"file:///results/\", \"models\": [{\"model\": \"nobody\"},"
                        + " {\"model\": \"none\", \"priority\": \"urgent\"}]}]}");
        Path peers = Files.writeString(
                folder.resolve("peers.json"),
                "{\"peers\": [{\"aeTitle\": \"SCANNER\", \"host\": \"127.0.0.1\"},"
                        + " {\"aeTitle\": \"PACS\", \"host\": \"127.0.0.1\", \"port\": 9}]}");
        Map<String, String> settings = Map.of(
                "rules",
                rules.toString(),
                "peers",
                peers.toString(),
                "return-to",
                "PACS",
                "allow-output",
                results(),
                "incoming",
                folder.resolve("incoming").toString(),
                "dicom-port",
                "0",
                "dicom-address",
                "127.0.0.1",
                "quiet-seconds",
                "1");
        Path image = EnhancedCt.write(folder.resolve("sent/image.dcm"), "sent", 20, 20, 10, n -> n % 100);
        try (ProgramProcess node = start("dicom-node", settings);
                StorageUser scanner = new StorageUser("SCANNER", Duration.ofSeconds(10))) {
            int port = Integer.parseInt(printed(node, "DEFORMUX listens on port (\\d+)"));
            scanner.send(
                    new StorageUser.Called("DEFORMUX", "127.0.0.1", port, Optional.empty()),
                    List.of(OutgoingObject.of(image)),
                    new NoRefusal());
            awaitUseOf(Topics.SCAN_ARRIVED, AclOperation.WRITE, "dicom-node");
            awaitUseOf(Topics.SCAN_URGENT, AclOperation.WRITE, "dicom-node");
            awaitUseOf(Topics.SEGMENTATION_RESULT, AclOperation.READ, "dicom-node");
            assertThat(node.printed()).doesNotContain(SECRET);
        }
        try (ProgramProcess again = start("dicom-node", settings)) {
            awaitUseOf(FeedPublisher.TOPIC, AclOperation.READ, "dicom-node");
            assertThat(again.printed()).doesNotContain(SECRET);
        }

        assertEnoughAndNotTooMuch("dicom-node");
    }

    private static LoopbackServer archiveOfTwoSeries() {
        return new LoopbackServer()
                .on(
                        "/changes",
                        json("{\"Changes\": [{\"ChangeType\": \"StableSeries\", \"ID\": \"aa\", \"Seq\": 1},"
                                + " {\"ChangeType\": \"StableSeries\", \"ID\": \"bb\", \"Seq\": 2}],"
                                + " \"Done\": true, \"Last\": 2}"))
                .on(
                        "/series/aa",
                        json("{\"MainDicomTags\": {\"Modality\": \"CT\", \"SeriesInstanceUID\": \"1.2.3\"},"
                                + " \"Instances\": [\"i\"]}"))
                .on(
                        "/series/bb",
                        json("{\"MainDicomTags\": {\"Modality\": \"MR\", \"SeriesInstanceUID\": \"1.2.4\"},"
                                + " \"Instances\": [\"j\"]}"))
                .on("/series/aa/study", json("{\"MainDicomTags\": {\"StudyInstanceUID\": \"1.2\"}}"))
                .on("/series/bb/study", json("{\"MainDicomTags\": {\"StudyInstanceUID\": \"1.2\"}}"));
    }

    private static HttpHandler json(String body) {
        return LoopbackServer.answer(200, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPageShowsPostsAndPublishesAndTellsOfItself() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "a-secret-for-the-tests");
        String letter = deadLetter();
        Map<String, String> settings = Map.of(
                "page-port", "0",
                "page-token", secret.toString(),
                "management-port", "0",
                "allow-output", results(),
                "webhook", "http://127.0.0.1:9/",
                "webhook-secret", secret.toString(),
                "webhook-group", user("results-page"));
        try (ProgramProcess page = start("results-page", settings)) {
            String address = printed(page, "results page: (\\S+)/");
            String management = printed(page, "Metrics and health at (\\S+)");
            await().atMost(LONG)
                    .until(() -> get(address + "/api/failures").body().contains(letter));
            for (String priority : List.of("routine", "urgent")) {
                post(
                        address + "/api/scans",
                        "{\"input\": {\"uri\": \"file:///scans/none\", \"kind\": \"nifti\"}, \"model\": {\"name\": \"nobody\"},"
                                + " \"output\": \"file:///results/\", \"priority\": \"" + priority + "\"}");
            }
            post(address + "/api/failures/" + letter + "/replay", "");
            await().atMost(LONG).until(() -> get(management + "/readyz").statusCode() == 200);

            assertThat(get(management + "/healthz").body()).contains("\"threads\":\"up\"");
            assertThat(get(management + "/metrics").body())
                    .contains("deformux_program{program=\"results-page\"")
                    .contains("process_uptime_seconds");
            assertThat(page.printed()).doesNotContain(SECRET);
        }

        assertEnoughAndNotTooMuch("results-page");
    }

    private static HttpResponse<String> get(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void post(String address, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer a-secret-for-the-tests")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static String printed(ProgramProcess process, String pattern) {
        Pattern line = Pattern.compile(pattern);
        return await().atMost(LONG)
                .until(() -> line.matcher(process.printed()).results().findFirst(), Optional::isPresent)
                .orElseThrow()
                .group(1);
    }

    /** Of a scan that nobody sent; its id. */
    private String deadLetter() throws Exception {
        KafkaConnection admin = new KafkaConnection(broker.bootstrapServers(), broker.asAdmin());
        ConsumerRecord<byte[], byte[]> scan =
                new ConsumerRecord<>(Topics.SCAN_ARRIVED, 0, 0, new byte[] {1}, new byte[] {2});
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(admin.client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            RecordMetadata at = producer.send(
                            DeadLetters.copy(scan, new JobException(FailureCode.EVENT_INVALID, "Send another one."), 0))
                    .get();
            return at.partition() + "-" + at.offset();
        }
    }

    @Test
    void whatIsNotListedIsRefused() throws IOException {
        StringWriter err = new StringWriter();

        int code = execute(
                err,
                "watch",
                "send",
                "scan",
                "--input",
                folder.resolve("scans").toString(),
                "--kind",
                "dicom",
                "--model",
                "tiny",
                "--output",
                results());

        assertThat(code).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("deformux: KAFKA_UNAVAILABLE").containsIgnoringCase("authori");
    }

    /**
     * Nothing was refused, and each right of the page was needed. A look at the settings of topics may be refused: the start
     * and {@code deformux check} then say that they are not visible.
     */
    private void assertEnoughAndNotTooMuch(String program) {
        String user = user(program);
        assertThat(broker.askedBy(user))
                .isNotEmpty()
                .filteredOn(asked -> asked.operation() != AclOperation.DESCRIBE_CONFIGS)
                .allMatch(AskedRight::granted);
        assertThat(table.of(program, user, user)).isNotEmpty().allSatisfy(right -> assertThat(broker.askedBy(user))
                .as("somebody needs " + right)
                .anyMatch(asked -> RightsTable.covers(right, asked)));
    }

    private static String user(String program) {
        return program.replace(' ', '-');
    }

    private ProgramProcess start(String worker, String models, String inputs) throws IOException {
        return start(
                worker,
                Map.of(
                        "models", folder.resolve(models).toString(),
                        "allow-input", folder.resolve(inputs).toString(),
                        "allow-output", results(),
                        "scratch", folder.resolve("scratch").toString(),
                        "grace-seconds", "0",
                        "group", user(worker)));
    }

    /** Starts a program with its settings in a file, and its password in the environment. */
    private ProgramProcess start(String program, Map<String, String> further) throws IOException {
        Properties settings = new Properties();
        broker.as(user(program), user(program)).forEach((name, value) -> settings.setProperty("kafka." + name, value));
        Object secret = settings.remove("kafka.sasl.jaas.config");
        settings.setProperty("bootstrap-servers", broker.bootstrapServers());
        settings.setProperty("no-create-topics", "true");
        settings.putAll(further);
        Path file = folder.resolve(program + ".settings");
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        return ProgramProcess.start(
                Map.of("DEFORMUX_KAFKA_SASL_JAAS_CONFIG", secret.toString()),
                folder.resolve(program + ".log"),
                program,
                "--config",
                file.toString());
    }

    private boolean isSegmented() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("results"))) {
            return files.anyMatch(file -> file.endsWith("labels.nii.gz")
                    && !file.getParent().getFileName().toString().startsWith("."));
        }
    }

    private String results() {
        return folder.resolve("results").toString();
    }

    /** Where nothing can be stored now, but perhaps later. */
    private String noFolder() throws IOException {
        return Files.writeString(folder.resolve("results/taken"), "no folder").toString();
    }

    private String[] training(String id, String output) {
        return new String[] {
            "--dataset",
            folder.resolve("dataset").toString(),
            "--preset",
            "amos",
            "--folds",
            "2",
            "--model",
            "trained",
            "--output",
            output,
            "--training-id",
            id,
            "--feature-sizes",
            "4,4,4,4",
            "--depths",
            "1,1,1,1",
            "--hidden",
            "8",
            "--iterations",
            "2",
            "--roi",
            "32,32,32"
        };
    }

    private String[] comparison(String id, String output) {
        List<String> options = new ArrayList<>(List.of(training(id, output)));
        options.removeAll(List.of("--training-id", id, "--feature-sizes", "4,4,4,4", "--depths", "1,1,1,1"));
        options.removeAll(List.of("--hidden", "8"));
        options.addAll(List.of("--comparison-id", id, "--networks", "ux-net"));
        for (String setting : List.of("featureSizes=4,4,4,4", "depths=1,1,1,1", "hidden=8")) {
            options.addAll(List.of("--network-setting", "ux-net." + setting));
        }
        return options.toArray(String[]::new);
    }

    /** Runs a command as the user of that name; its output. */
    private String run(String program, String... options) throws IOException {
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(program.split(" ")));
        arguments.addAll(List.of(options));
        int code = Deformux.commandLine(Map.of())
                .setOut(new PrintWriter(out, true))
                .execute(connected(program, arguments));
        assertThat(code).as(program + ": " + out).isEqualTo(ExitCode.OK);
        return out.toString();
    }

    private int execute(StringWriter err, String user, String... arguments) throws IOException {
        return Deformux.commandLine(Map.of())
                .setErr(new PrintWriter(err, true))
                .execute(connected(user, new ArrayList<>(List.of(arguments))));
    }

    private String[] connected(String program, List<String> arguments) throws IOException {
        Path file = folder.resolve(user(program) + ".properties");
        Properties properties = new Properties();
        properties.putAll(broker.as(user(program), user(program)));
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        arguments.addAll(
                List.of("--bootstrap-servers", broker.bootstrapServers(), "--kafka-properties", file.toString()));
        return arguments.toArray(String[]::new);
    }

    /** Puts something onto a topic that is no event. */
    private void unreadable(String topic) throws Exception {
        KafkaConnection admin = new KafkaConnection(broker.bootstrapServers(), broker.asAdmin());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(admin.client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, new byte[] {1}, new byte[] {2}))
                    .get();
        }
    }

    private void awaitPurge() {
        await().atMost(LONG).until(() -> broker.askedBy(user("train-worker")).stream()
                .anyMatch(asked -> asked.operation() == AclOperation.DELETE));
    }

    private void awaitUseOf(String topic, AclOperation operation, String program) {
        await().atMost(LONG).until(() -> broker.askedBy(user(program)).stream()
                .anyMatch(asked -> asked.name().equals(topic) && asked.operation() == operation));
    }

    /** Of a peer that is to take everything. */
    private static final class NoRefusal implements StorageUser.Answers {
        @Override
        public void taken(OutgoingObject object) {
            // As it is to be.
        }

        @Override
        public void refused(OutgoingObject object, String why) {
            fail(why);
        }
    }
}
