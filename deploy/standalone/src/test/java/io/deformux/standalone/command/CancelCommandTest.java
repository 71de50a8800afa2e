package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.schemas.JobCancel;
import io.deformux.schemas.Topics;
import io.deformux.standalone.Deformux;
import io.deformux.testing.server.KafkaFixture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CancelCommandTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    @Test
    void theEventNamesTheJob() {
        try (EventReader events = new EventReader(KAFKA.connection(), List.of(Topics.JOB_CANCEL), From.NOW)) {
            int code = Deformux.commandLine()
                    .execute(
                            "cancel",
                            "ct-0042",
                            "--bootstrap-servers",
                            KAFKA.connection().toString());

            assertThat(code).isEqualTo(ExitCode.OK);
            assertThat(events.await(
                            received -> received.event().equals(new JobCancel("ct-0042")), Duration.ofSeconds(30)))
                    .isPresent();
        }
    }

    @Test
    void aJobThatCannotBeIsRefused() {
        assertThat(Deformux.commandLine()
                        .execute(
                                "cancel",
                                "no/job",
                                "--bootstrap-servers",
                                KAFKA.connection().toString()))
                .isEqualTo(ExitCode.USAGE);
    }
}
