package io.deformux.standalone.check.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.deformux.broker.EmbeddedBroker;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.schemas.Topics;
import io.deformux.standalone.check.Severity;
import io.deformux.testing.server.GuardedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a worker says of its cluster when it starts. */
@Timeout(60)
class StartCheckTest {
    private static final WorkerRole ROLE = WorkerRole.inference("night");

    private final Logger logger = (Logger) LoggerFactory.getLogger(StartCheck.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void hush() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void topicsThatSomebodyElseMadeAreWarningsThatNameTheCure() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers());
            try (Admin admin = Admin.create(connection.client(Map.of()))) {
                admin.createTopics(List.of(
                                new NewTopic(Topics.SCAN_ARRIVED, Optional.of(1), Optional.empty()),
                                new NewTopic(Topics.DEAD_LETTER, Optional.of(1), Optional.empty())
                                        .configs(Map.of("retention.ms", "3600000"))))
                        .all()
                        .get();
            }
            TopicSetup.create(connection);

            StartCheck.report(connection, ROLE);

            assertThat(said(Level.WARN))
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line)
                                    .startsWith("topic deformux.scan.arrived: 1 partition")
                                    .contains("--alter --topic deformux.scan.arrived --partitions 16"),
                            line -> assertThat(line)
                                    .startsWith("topic deformux.dead-letter: ")
                                    .contains("before 92 days", "--add-config retention.ms="));
            assertThat(said(Level.ERROR)).isEmpty();
        }
    }

    @Test
    void aClusterThatIsAsNeededIsSaidInOneLine() {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers());
            TopicSetup.create(connection);
            // A new cluster makes the topics of its coordinators first, which a loaded machine takes its time for.
            await().atMost(Duration.ofSeconds(45)).until(() -> new ClusterCheck(connection, List.of(ROLE))
                    .lookAtNeeds().stream().allMatch(finding -> finding.verdict() == Severity.OK));

            StartCheck.report(connection, ROLE);

            assertThat(said(Level.INFO)).hasSize(1);
            assertThat(log.list).hasSize(1);
        }
    }

    @Test
    void aBacklogThatIsSoonDeletedIsAWarning() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers());
            TopicSetup.create(connection);
            long sixDaysAgo = System.currentTimeMillis() - Duration.ofDays(6).toMillis();
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    connection.client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
                producer.send(new ProducerRecord<>(Topics.SCAN_ARRIVED, 3, sixDaysAgo, new byte[1], new byte[1]))
                        .get();
            }

            await().atMost(Duration.ofSeconds(45)).untilAsserted(() -> {
                StartCheck.report(connection, ROLE);
                assertThat(said(Level.WARN)).anySatisfy(line -> assertThat(line)
                        .startsWith("backlog of night: ")
                        .contains("144 h", "168 h", "--add-config retention.ms="));
            });
        }
    }

    @Test
    void rightsThatAreMissingAreErrorsWithTheGrantAndStopNothing(@TempDir Path directory) throws Exception {
        try (GuardedBroker broker = new GuardedBroker(directory, List.of("worker"))) {
            TopicSetup.create(new KafkaConnection(broker.bootstrapServers(), broker.asAdmin()));
            broker.grant("worker", ResourceType.TOPIC, "deformux.", AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);

            StartCheck.report(new KafkaConnection(broker.bootstrapServers(), broker.as("worker", "worker")), ROLE);

            assertThat(said(Level.ERROR))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("right write on topic deformux.segmentation.result: missing")
                            .contains("--operation write --topic deformux.segmentation.result"))
                    .anySatisfy(line -> assertThat(line).startsWith("right read on group night"));
        }
    }

    @Test
    void aConnectionThatIsWrittenWronglyEndsTheStart() {
        assertThatThrownBy(() -> StartCheck.report(KafkaConnection.of("127.0.0.1"), ROLE))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("Invalid url");
    }

    private List<String> said(Level level) {
        return log.list.stream()
                .filter(line -> line.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
