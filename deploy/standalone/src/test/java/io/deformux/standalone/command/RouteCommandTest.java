package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpHandler;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.Topics;
import io.deformux.schemas.WantedRole;
import io.deformux.standalone.Deformux;
import io.deformux.testing.format.EnhancedCt;
import io.deformux.testing.server.KafkaFixture;
import io.deformux.testing.server.LoopbackServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What rules would send, and the series of a study that are sent by hand. */
class RouteCommandTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private static final OutputChoice MASKS =
            OutputChoice.NONE.withRoles(Optional.of(List.of(WantedRole.CLASS_MASK, WantedRole.PROBABILITIES)));

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path rules;

    @BeforeEach
    void write() throws IOException {
        rules = Files.writeString(
                folder.resolve("rules.json"),
                "{\"rules\": [{\"modality\": \"CT\", \"models\": [{\"model\": \"amos\"}, {\"model\": \"kits\"}],"
                        + " \"output\": \"file:///out/\"}]}");
    }

    @Test
    void theEventsOfAFolderOfImagesArePrinted() throws IOException {
        EnhancedCt.write(folder.resolve("images/one.dcm"), "one", 20, 20, 10, n -> n % 100);

        assertThat(run(
                        "route",
                        "--rules",
                        rules.toString(),
                        "--input",
                        folder.resolve("images").toString()))
                .isEqualTo(ExitCode.OK);

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        assertThat(first.path("model").path("name").asText()).isEqualTo("amos");
        assertThat(first.path("jobId").asText()).startsWith("dicom-");
    }

    @Test
    void theSeriesOfAStudyAreSentUnderTheIdsThatTheBridgeWouldGive() {
        try (LoopbackServer archive = archive();
                EventReader events = new EventReader(KAFKA.connection(), List.of(Topics.SCAN_ARRIVED), From.NOW)) {
            assertThat(run("route", "--rules", rules.toString(), "--orthanc", archive.origin(), "--uid", "1.2.77"))
                    .isEqualTo(ExitCode.OK);
            List<String> told = out.toString().lines().toList();
            out.getBuffer().setLength(0);

            assertThat(send("--orthanc", archive.origin(), "--orthanc-study", "1.2.77", "--rules", rules.toString()))
                    .isEqualTo(ExitCode.OK);

            assertThat(out.toString().lines()).hasSize(2).allMatch(id -> id.startsWith("pacs-"));
            assertThat(told).allMatch(line -> out.toString().lines().anyMatch(line::contains));
            assertThat(events.await(
                            received -> received.event() instanceof ScanArrived scan
                                    && scan.input().uri().getPath().endsWith("/studies/1.2.77/series/1.2.3"),
                            Duration.ofSeconds(20)))
                    .isPresent();
            assertThat(send(
                            "--orthanc",
                            archive.origin(),
                            "--orthanc-study",
                            "1.2.77",
                            "--model",
                            "m",
                            "--output",
                            "o",
                            "--add-outputs",
                            "class-mask,probabilities"))
                    .isEqualTo(ExitCode.OK);
            assertThat(events.await(
                            received -> received.event() instanceof ScanArrived scan
                                    && scan.outputs().equals(Optional.of(MASKS)),
                            Duration.ofSeconds(20)))
                    .isPresent();
        }
    }

    /** A new option of the command is of one of these, or holds for all. */
    @Test
    void everyOptionOfSendScanIsOfTheRulesOfAStudyOrOfAnInput() {
        Set<String> all = new TreeSet<>();
        Deformux.commandLine()
                .getSubcommands()
                .get("send")
                .getSubcommands()
                .get("scan")
                .getCommandSpec()
                .options()
                .forEach(option -> all.add(option.longestName()));

        assertThat(all)
                .containsAll(SendScanCommand.OF_ONE_INPUT)
                .containsAll(SendScanCommand.OF_A_STUDY)
                .containsAll(SendScanCommand.SAID_BY_RULES);
        all.removeAll(SendScanCommand.OF_ONE_INPUT);
        all.removeAll(SendScanCommand.OF_A_STUDY);
        all.removeAll(SendScanCommand.SAID_BY_RULES);
        assertThat(all)
                .containsExactlyInAnyOrder(
                        "--input",
                        "--orthanc-study",
                        "--bootstrap-servers",
                        "--kafka-properties",
                        "--kafka",
                        "--topic-prefix",
                        "--help",
                        "--version");
    }

    @Test
    void whatDoesNotGoTogetherIsSaid() {
        refused("--input or --orthanc-study is needed", "send", "scan", "--model", "m", "--output", "o");
        refused("--model and --output are needed", "send", "scan", "--input", "x");
        refused(
                "--orthanc-study needs --orthanc",
                "send",
                "scan",
                "--orthanc-study",
                "1.2",
                "--model",
                "m",
                "--output",
                "o");
        String study = "send scan --orthanc http://127.0.0.1:9 --orthanc-study 1.2 ";
        refused("--model is what --rules say", (study + "--rules r --model m").split(" "));
        refused("--classes is what --rules say", (study + "--rules r --classes liver").split(" "));
        refused("--priority is what --rules say", (study + "--rules r --priority urgent").split(" "));
        refused("--job-id goes with --input", (study + "--model m --output o --job-id 1").split(" "));
        refused("--series goes with --input", (study + "--model m --output o --series 1.2").split(" "));
        refused("--rules goes with --orthanc-study", "send scan --input x --model m --output o --rules r".split(" "));
        assertThat(run("route", "--rules", rules.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--input is needed, or --orthanc and --uid");
    }

    private void refused(String message, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--bootstrap-servers";
        all[arguments.length + 1] = "127.0.0.1:9";
        assertThat(run(all)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(message);
    }

    private int send(String... options) {
        String[] all = Arrays.copyOf(
                new String[] {
                    "send", "scan", "--bootstrap-servers", KAFKA.connection().bootstrapServers()
                },
                4 + options.length);
        System.arraycopy(options, 0, all, 4, options.length);
        return run(all);
    }

    private int run(String... arguments) {
        return Deformux.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static LoopbackServer archive() {
        return new LoopbackServer()
                .on("/tools/lookup", json("[{\"ID\": \"ss\", \"Type\": \"Study\"}]"))
                .on("/studies/ss", json("{\"Series\": [\"aa\", \"bb\"]}"))
                .on("/series/aa", series("CT", "1.2.3"))
                .on("/series/bb", series("SR", "1.2.4"))
                .on("/series/aa/study", json("{\"MainDicomTags\": {\"StudyInstanceUID\": \"1.2.77\"}}"))
                .on("/series/bb/study", json("{\"MainDicomTags\": {\"StudyInstanceUID\": \"1.2.77\"}}"));
    }

    private static HttpHandler series(String modality, String uid) {
        return json("{\"MainDicomTags\": {\"Modality\": \"" + modality + "\", \"SeriesInstanceUID\": \"" + uid
                + "\"}, \"Instances\": [\"i\"]}");
    }

    private static HttpHandler json(String body) {
        return LoopbackServer.answer(200, body.getBytes(StandardCharsets.UTF_8));
    }
}
