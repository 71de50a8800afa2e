package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.standalone.Deformux;
import io.deformux.standalone.packaging.RandomModelFixture;
import io.deformux.testing.server.KafkaFixture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CheckCommandTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aMachineWithModelsAndAClusterIsFine() {
        RandomModelFixture.tiny(folder.resolve("models/tiny/1"));

        int code = run(
                "--models",
                folder.resolve("models").toString(),
                "--bootstrap-servers",
                KAFKA.connection().bootstrapServers());

        assertThat(code).as(out.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("arithmetic +libtorch +ok +2\\..*"))
                .anyMatch(line -> line.matches("models +model tiny 1 +ok .*"))
                .anyMatch(line -> line.matches("cluster +topic deformux.scan.arrived +ok +16 partitions.*"))
                .anyMatch(line -> line.matches("cluster +rights of train-worker +ok .*"))
                .last()
                .asString()
                .startsWith("ok: jobs can run");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void jsonParsesAndSaysWhatTheExitCodeSays() throws Exception {
        int code = run("--json", "--models", folder.resolve("none").toString());

        assertThat(code).isEqualTo(ExitCode.NOT_FIT);
        JsonNode tree = new ObjectMapper().readTree(out.toString());
        assertThat(tree.get("ok").booleanValue()).isFalse();
        List<String> sections = new ArrayList<>();
        tree.get("findings")
                .forEach(finding -> sections.add(finding.get("section").textValue()));
        assertThat(sections)
                .contains("software", "arithmetic", "memory", "disk", "models")
                .doesNotContain("cluster");
    }

    @Test
    void theGroupAndTheRoleAreChosen() {
        run("--bootstrap-servers", KAFKA.connection().bootstrapServers(), "--role", "train", "--group", "night");

        assertThat(out.toString())
                .contains("group night-fold", "group night-publish", "group night-plan")
                .doesNotContain("deformux.scan.arrived");
    }

    @Test
    void propertiesWithoutAClusterAreAUsageError() {
        assertThat(run("--kafka-properties", "file")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--bootstrap-servers");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("check", "--scratch", folder.resolve("scratch").toString()));
        all.addAll(List.of(arguments));
        return Deformux.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
