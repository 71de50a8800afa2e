package io.deformux.messaging.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Kafka throws becomes one line with what to do, and is told from what passes. */
@Timeout(60)
class RefusalTest {
    @Test
    void whatABrokerThatRestartsThrowsPasses() {
        for (Exception passing : List.of(
                new TimeoutException("Timed out"),
                new NotLeaderOrFollowerException(),
                new CommitFailedException(),
                new KafkaException("in an error state", new TimeoutException("Timed out")),
                new IllegalStateException("a client in an unexpected state"))) {
            assertThat(Refusal.of(passing).passing()).as(passing.toString()).isTrue();
        }
    }

    @Test
    void whatSomebodyMustChangeNamesWhatAndHow() {
        assertThat(of(new TopicAuthorizationException(Set.of("results"))))
                .contains("results", "--operation write --topic results");
        assertThat(of(GroupAuthorizationException.forGroupId("night"))).contains("--operation read --group night");
        assertThat(of(new RefusedRecordException("results", new RecordTooLargeException("2 MB"))))
                .contains("topic results", "too large", "max.message.bytes", "max.request.size");
        assertThat(of(new RefusedRecordException(
                        "results", new TimeoutException("not present", new UnknownTopicOrPartitionException()))))
                .contains("topic results", "does not exist");
        assertThat(of(new SaslAuthenticationException("wrong password"))).contains("sasl.jaas.config");
    }

    @Test
    void aClockThatIsWrongIsNamed() {
        Refusal refusal =
                Refusal.of(new RefusedRecordException("results", new InvalidTimestampException("in two hours")));
        assertThat(refusal.passing()).isTrue();
        assertThat(refusal.toString()).contains("topic results", "clock", "message.timestamp.type=LogAppendTime");
    }

    @Test
    void aClientThatGetsNoAnswerIsAskedWhetherThePortIsTls() {
        assertThat(Refusal.of(new ExecutionException(new TimeoutException("no node")))
                        .toString())
                .contains("no answer in time", "is this port TLS?");
    }

    @Test
    void aConnectionThatCannotBeUsedIsToldByItsInnermostCauseInOneLine(@TempDir Path folder) {
        String absent = folder.resolve("trust.jks").toString();

        assertThat(refused(KafkaConnection.of("127.0.0.1"))).contains("Invalid url");
        assertThat(refused(KafkaConnection.of("h".repeat(64) + ".invalid:9092")))
                .contains("No resolvable");
        assertThat(refused(new KafkaConnection(
                        "127.0.0.1:1", Map.of("security.protocol", "SSL", "ssl.truststore.location", absent))))
                .contains("no such file", absent);
    }

    private static String refused(KafkaConnection connection) {
        JobException refused = catchThrowableOfType(JobException.class, connection::requireUsable);
        JobException topics = catchThrowableOfType(JobException.class, () -> TopicSetup.create(connection));

        assertThat(refused.code()).isEqualTo(FailureCode.KAFKA_UNAVAILABLE);
        assertThat(refused.getMessage()).doesNotContain("\n", "Failed to create");
        assertThat(topics).hasMessage(refused.getMessage());
        return refused.getMessage();
    }

    private static String of(Exception lasting) {
        Refusal refusal = Refusal.of(lasting, topic -> AclOperation.WRITE);
        assertThat(refusal.passing()).isFalse();
        return refusal.toString();
    }
}
