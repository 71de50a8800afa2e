package io.deformux.standalone.command;

import static io.deformux.testing.server.LoopbackServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.standalone.Deformux;
import io.deformux.testing.server.KafkaFixture;
import io.deformux.testing.server.LoopbackServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PacsBridgeCommandTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, kafka -> {
        TopicSetup.create(kafka);
        FeedPublisher.createTopic(kafka);
    });

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aPasswordThatTheArchiveRefusesIsToldInOneLineAndEndsTheBridge() throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.json"), "{\"rules\": []}");
        Path credentials = Files.writeString(folder.resolve("credentials"), "bridge:forgotten");
        try (LoopbackServer archive = new LoopbackServer()) {
            archive.on("/changes", answer(401, new byte[0]));

            int exit = Deformux.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(
                            "pacs-bridge",
                            "--bootstrap-servers",
                            KAFKA.connection().bootstrapServers(),
                            "--orthanc",
                            archive.origin(),
                            "--credentials",
                            credentials.toString(),
                            "--rules",
                            rules.toString());

            assertThat(exit).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .contains("CREDENTIALS_REFUSED", "401", "--credentials")
                    .doesNotContain("forgotten");
        }
    }
}
