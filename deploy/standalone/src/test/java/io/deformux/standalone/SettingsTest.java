package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.standalone.command.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads who asks which settings hold, and what becomes of those that cannot. */
class SettingsTest {
    private static final String MASKED = "********";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aFlagGoesOverTheEnvironmentAndThatOverTheFile() throws IOException {
        String file = file("max-voxels = 1000", "grace-seconds = 1", "device = cpu", "models = /in/the/file");
        Map<String, String> environment = Map.of("DEFORMUX_GRACE_SECONDS", "2", "DEFORMUX_DEVICE", "cpu");

        run(environment, "config", "infer-worker", "--config", file, "--device", "cuda:1");

        assertThat(line("max-voxels")).containsExactly("1000", "file " + file);
        assertThat(line("grace-seconds")).containsExactly("2", "environment DEFORMUX_GRACE_SECONDS");
        assertThat(line("device")).containsExactly("cuda:1", "flag --device");
        assertThat(line("tta")).containsExactly("none", "default");
        assertThat(line("models")).containsExactly("/in/the/file", "file " + file);
        assertThat(line("bootstrap-servers")).containsExactly("required", "default");
        assertThat(line("session-timeout-seconds")).containsExactly("6", "default");
    }

    @Test
    void theEnvironmentNamesTheFileToo() throws IOException {
        String file = file("poll-seconds = 7");

        run(Map.of("DEFORMUX_CONFIG", file), "config", "pacs-bridge");

        assertThat(line("poll-seconds")).containsExactly("7", "file " + file);
    }

    @Test
    void aProgramBelowAnotherCommandHasItsSettingsToo() throws IOException {
        String file = file("no-create-topics = true", "management-port = 9464");
        Map<String, String> environment = Map.of("DEFORMUX_BOOTSTRAP_SERVERS", "kafka:9092");

        run(environment, "config", "dead-letters", "serve", "--config", file, "--management-port", "0");

        assertThat(line("bootstrap-servers")).containsExactly("kafka:9092", "environment DEFORMUX_BOOTSTRAP_SERVERS");
        assertThat(line("no-create-topics")).containsExactly("true", "file " + file);
        assertThat(line("management-port")).containsExactly("0", "flag --management-port");
        assertThat(run(environment, "config", "dead-letters", "list")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whatAFileSaysIsWhatAWorkerIsStartedWith() throws IOException {
        String file = file("bootstrap-servers = localhost:1", "models = models", "no-create-topics = true");

        int code = run(Map.of(), "infer-worker", "--config", file);

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("give --access FILE").doesNotContain("Missing required");
    }

    @Test
    void clientPropertiesComeOneByOneFromAllThreeAndSecretsAreMasked() throws IOException {
        String file = file("kafka.security.protocol = SSL", "kafka.sasl.jaas.config = of the=file; hidden1");
        Map<String, String> environment = Map.of(
                "DEFORMUX_KAFKA_SSL_KEYSTORE_PASSWORD", "hidden2", "DEFORMUX_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");

        run(environment, "config", "infer-worker", "--config", file, "--kafka", "sasl.mechanism=PLAIN");

        assertThat(line("kafka.security.protocol"))
                .containsExactly("SASL_SSL", "environment DEFORMUX_KAFKA_SECURITY_PROTOCOL");
        assertThat(line("kafka.sasl.jaas.config")).containsExactly(MASKED, "file " + file);
        assertThat(line("kafka.ssl.keystore.password"))
                .containsExactly(MASKED, "environment DEFORMUX_KAFKA_SSL_KEYSTORE_PASSWORD");
        assertThat(line("kafka.sasl.mechanism")).containsExactly("PLAIN", "flag --kafka");
        assertThat(out.toString()).doesNotContain("hidden");
    }

    @Test
    void theClientPropertiesOfAFileAreShownToo() throws IOException {
        Path properties = Files.writeString(
                folder.resolve("client.properties"),
                "security.protocol=SASL_SSL\nsasl.jaas.config=hidden1\nof.somebody.else=hidden2\nsasl.mechanism=PLAIN\n");

        run(
                Map.of("DEFORMUX_KAFKA_SASL_MECHANISM", "SCRAM-SHA-512"),
                "config",
                "infer-worker",
                "--kafka-properties",
                properties.toString());

        assertThat(line("kafka.security.protocol")).containsExactly("SASL_SSL", "file " + properties);
        assertThat(line("kafka.sasl.jaas.config")).containsExactly(MASKED, "file " + properties);
        assertThat(line("kafka.of.somebody.else")).containsExactly(MASKED, "file " + properties);
        assertThat(line("kafka.sasl.mechanism"))
                .containsExactly("SCRAM-SHA-512", "environment DEFORMUX_KAFKA_SASL_MECHANISM");
        assertThat(out.toString()).doesNotContain("hidden");
    }

    @Test
    void topicsAndGroupsThatTheProgramUsesAreNamed() {
        run(Map.of("DEFORMUX_GROUP", "mine"), "config", "train-worker");

        assertThat(line("topic deformux.training.fold.requested"))
                .containsExactly("read by train-worker in mine-fold", "contract");
        assertThat(line("topic deformux.model.published")).containsExactly("written by train-worker", "contract");
    }

    @Test
    void topicsAreNamedAsTheyAreOnTheCluster() {
        run(Map.of("DEFORMUX_TOPIC_PREFIX", "ward-7."), "config", "infer-worker");

        assertThat(line("topic-prefix")).containsExactly("ward-7.", "environment DEFORMUX_TOPIC_PREFIX");
        assertThat(line("topic ward-7.scan.arrived"))
                .containsExactly("read by infer-worker in deformux-infer", "contract");
        assertThat(line("topic ward-7.dead-letter")).containsExactly("written by infer-worker", "contract");
        assertThat(out.toString()).doesNotContain("topic deformux.");
        assertThat(run(Map.of(), "config", "infer-worker", "--topic-prefix", "ward 7"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void anAddressIsShownWithoutItsPassword() {
        run(Map.of(), "config", "pacs-bridge", "--orthanc", "http://me:hidden@pacs:8042");

        assertThat(line("orthanc")).containsExactly("http://" + MASKED + "@pacs:8042", "flag --orthanc");
    }

    @ParameterizedTest
    @CsvSource({
        "max-voxel = 1, max-voxel is not known; did you mean max-voxels?",
        "kafka.security.protocoll = SSL, kafka.security.protocoll is not known; did you mean kafka.security.protocol?",
        "kafka.isolation.level = x, kafka.isolation.level is not known",
        "poll-seconds = 1, poll-seconds is not known",
        "config = x, config is not known"
    })
    void aKeyThatIsNotKnownIsRefusedWithTheNearestThatIs(String line, String told) throws IOException {
        int code = run(Map.of(), "infer-worker", "--config", file(line));

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines().findFirst().orElseThrow()).contains(told);
    }

    @ParameterizedTest
    @CsvSource({"watch", "check"})
    void aClientPropertyOfAnOptionIsRefusedAlike(String command) {
        int code = run(Map.of(), command, "--bootstrap-servers", "localhost:1", "--kafka", "security.protocoll=SSL");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("--kafka: security.protocoll is not known; did you mean security.protocol?");
    }

    @ParameterizedTest
    @CsvSource({
        "DEFORMUX_MAX_VOXEL, did you mean DEFORMUX_MAX_VOXELS?",
        "DEFORMUX_KAFKA_SECURITY_PROTOCOLL, did you mean DEFORMUX_KAFKA_SECURITY_PROTOCOL?"
    })
    void soIsAVariableOfTheEnvironment(String name, String told) {
        int code = run(Map.of(name, "1"), "infer-worker");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines().findFirst().orElseThrow())
                .contains(name + " is not known")
                .contains(told);
    }

    @Test
    void variablesOfOtherProgramsOfTheLauncherAndOfKubernetesAreNoSlips() {
        Map<String, String> environment = Map.of(
                "DEFORMUX_POLL_SECONDS", "9",
                "DEFORMUX_LOG", "DEBUG",
                "DEFORMUX_DATA", "scans",
                "DEFORMUX_INFER_SERVICE_HOST", "10.0.0.1",
                "DEFORMUX_INFER_PORT_8080_TCP", "tcp://10.0.0.1:8080");

        assertThat(run(environment, "config", "up")).isEqualTo(ExitCode.OK);
        assertThat(line("data")).containsExactly("deformux-data", "default");
    }

    @ParameterizedTest
    @CsvSource({
        "infer-worker, max-voxels, 0",
        "infer-worker, max-voxels, many",
        "infer-worker, grace-seconds, -1",
        "infer-worker, session-timeout-seconds, 1801",
        "infer-worker, device, gpu",
        "infer-worker, no-prepare-next, perhaps",
        "pacs-bridge, poll-seconds, 0"
    })
    void aValueThatCannotBeIsRefusedWithItsPlace(String program, String key, String value) throws IOException {
        String file = file(key + " = " + value);

        int code = run(Map.of(), "config", program, "--config", file);

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines().findFirst().orElseThrow())
                .contains("--" + key)
                .contains("(file " + file + ")");
    }

    @Test
    void aFileThatIsNotThereIsToldInOneLine() {
        String none = folder.resolve("none.properties").toString();

        assertThat(run(Map.of(), "up", "--config", none)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines().findFirst().orElseThrow())
                .contains("--config " + none + " cannot be read (NoSuchFileException)");
    }

    @Test
    void foldersOfAFileAreAList() throws IOException {
        run(Map.of(), "config", "up", "--config", file("allow-input = /a,/b"));

        assertThat(line("allow-input").get(0)).isEqualTo("/a,/b");
    }

    @Test
    void whatIsNoProgramHasNoSettings() {
        assertThat(run(Map.of(), "config", "watch")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("infer-worker, train-worker, pacs-bridge, dicom-node, results-page, dead-letters serve, up");
    }

    private String file(String... lines) throws IOException {
        return Files.write(folder.resolve("worker.properties"), List.of(lines)).toString();
    }

    private int run(Map<String, String> environment, String... arguments) {
        return Deformux.commandLine(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** Value and source of a key, as printed. */
    private List<String> line(String key) {
        String line = out.toString()
                .lines()
                .filter(one -> one.startsWith(key + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + key + " in " + out + err));
        List<String> columns = new ArrayList<>(List.of(line.split(" {2,}")));
        columns.remove(0);
        return columns;
    }
}
