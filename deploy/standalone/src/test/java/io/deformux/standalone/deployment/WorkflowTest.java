package io.deformux.standalone.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.deformux.parity.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What GitHub runs for a change is what {@code .ci/run} does. */
class WorkflowTest {
    private static final Path ROOT = Fixtures.checkoutRoot();

    @Test
    void aChangeIsJudgedByTheSameScript() throws IOException {
        JsonNode workflow = new ObjectMapper(new YAMLFactory())
                .readTree(ROOT.resolve(".github/workflows/ci.yml").toFile());
        JsonNode job = workflow.at("/jobs/verify");
        List<String> commands = StreamSupport.stream(job.path("steps").spliterator(), false)
                .map(step -> step.path("run").asText())
                .filter(command -> !command.isEmpty())
                .toList();

        assertThat(workflow.path("jobs")).hasSize(1);
        assertThat(commands).hasSize(2).last().isEqualTo(".ci/run");
        assertThat(Files.isExecutable(ROOT.resolve(".ci/run"))).isTrue();
        // What the script installs has Debian's names.
        assertThat(job.path("container").asText()).startsWith("debian:");
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("apt-get install", "chromium-driver");
    }
}
