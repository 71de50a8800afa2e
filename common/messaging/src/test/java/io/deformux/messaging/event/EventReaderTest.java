package io.deformux.messaging.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.Jobs;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.Topics;
import io.deformux.testing.server.KafkaFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class EventReaderTest {
    private static final List<String> SCANS = List.of(Topics.SCAN_ARRIVED);
    private static final Duration LONG = Duration.ofSeconds(20);

    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    @Test
    void readsFromNowOrFromTheBeginningWhatAPublisherSent() {
        try (EventPublisher publisher = new EventPublisher(KAFKA.connection(), Jobs.SOURCE)) {
            ScanArrived before = Jobs.scan("before");
            ScanArrived after = Jobs.scan("after");
            publisher.publish(before);
            try (EventReader now = new EventReader(KAFKA.connection(), SCANS, From.NOW);
                    EventReader earliest = new EventReader(KAFKA.connection(), SCANS, From.EARLIEST)) {
                publisher.publish(after);
                ReceivedEvent first = now.await(any -> true, LONG).orElseThrow();
                assertThat(first.event()).isEqualTo(after);
                assertThat(first.envelope().getSource()).isEqualTo(Jobs.SOURCE);
                assertThat(now.read(Duration.ofMillis(100))).isEmpty();
                assertThat(earliest.await(is(before), LONG)).isPresent();
            }
        }
    }

    @Test
    void aRepeatedEventHasTheSameId() {
        try (EventPublisher publisher = new EventPublisher(KAFKA.connection(), Jobs.SOURCE);
                EventReader reader = new EventReader(KAFKA.connection(), SCANS, From.NOW)) {
            ScanArrived scan = Jobs.scan("twice");
            publisher.publish(scan);
            publisher.publish(scan);
            String first = reader.await(is(scan), LONG).orElseThrow().envelope().getId();
            String second =
                    reader.await(is(scan), LONG).orElseThrow().envelope().getId();
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void givesUpInTime() {
        try (EventReader reader = new EventReader(KAFKA.connection(), SCANS, From.NOW)) {
            Optional<ReceivedEvent> nothing = reader.await(any -> true, Duration.ofMillis(300));
            assertThat(nothing).isEmpty();
        }
    }

    @Test
    void partitionsThatAreAddedAreReadFromTheirBeginning() throws Exception {
        try (Jobs jobs = new Jobs(KAFKA.connection(), 1);
                EventReader reader = new EventReader(KAFKA.connection(), List.of(jobs.topic()), From.NOW)) {
            String first = jobs.send(0);
            assertThat(reader.await(isOf(first), LONG)).isPresent();

            jobs.admin()
                    .createPartitions(Map.of(jobs.topic(), NewPartitions.increaseTo(4)))
                    .all()
                    .get();
            String before = jobs.send(0);
            String added = jobs.send(3);

            assertThat(reader.await(isOf(before), LONG)).isPresent();
            assertThat(reader.await(isOf(added), LONG)).isPresent();
        }
    }

    @Test
    void refusesAnEventThatBreaksItsSchema() {
        ScanArrived scan = Jobs.scan("");
        try (EventPublisher publisher = new EventPublisher(KAFKA.connection(), Jobs.SOURCE)) {
            assertThatThrownBy(() -> publisher.publish(scan))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("/jobId");
        }
    }

    @Test
    void saysThatATopicIsAbsent() {
        assertThatThrownBy(() -> new EventReader(KAFKA.connection(), List.of("absent"), From.NOW))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.KAFKA_UNAVAILABLE))
                .hasMessageContaining("absent");
    }

    private static Predicate<ReceivedEvent> isOf(String jobId) {
        return received -> received.event().key().equals(jobId);
    }

    private static Predicate<ReceivedEvent> is(ScanArrived scan) {
        return received -> received.event().equals(scan);
    }
}
