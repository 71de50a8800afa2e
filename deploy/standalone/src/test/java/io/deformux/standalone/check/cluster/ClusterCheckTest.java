package io.deformux.standalone.check.cluster;

import static io.deformux.standalone.check.Findings.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.schemas.Topics;
import io.deformux.standalone.check.Finding;
import io.deformux.standalone.check.Severity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of a cluster that allows everything. */
@Timeout(60)
class ClusterCheckTest {
    private static final String GROUP = "deformux-infer";
    private static final TopicPartition FIRST = new TopicPartition(Topics.SCAN_ARRIVED, 0);

    private EmbeddedBroker broker;
    private KafkaConnection connection;
    private Admin admin;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start();
        connection = KafkaConnection.of(broker.bootstrapServers());
        admin = Admin.create(connection.client(Map.of()));
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void aClusterThatWorkersHaveSetUpIsFine() throws Exception {
        TopicSetup.create(connection, TopicSetup.topics());

        List<Finding> findings = look();

        assertThat(findings)
                .extracting(Finding::verdict)
                .as(findings.toString())
                .containsOnly(Severity.OK);
        assertThat(named("reachable", findings).value())
                .contains(admin.describeCluster().clusterId().get());
        assertThat(named("brokers", findings).value()).isEqualTo("1: " + broker.bootstrapServers());
        assertThat(named("broker version", findings).value()).startsWith("4.");
        assertThat(named("topic deformux.scan.arrived", findings).value())
                .isEqualTo("16 partitions, replication 1, kept 7 days");
        assertThat(named("topic deformux.model.published", findings).value()).contains("compacted");
        assertThat(named("topic deformux.progress", findings).value()).contains("kept 60 min");
        assertThat(named("group deformux-infer", findings).value())
                .isEqualTo("no worker, deformux.scan.arrived: 0 to do, "
                        + "deformux.scan.urgent: 0 to do, deformux.retry: 0 to do, deformux.retry.urgent: 0 to do");
        assertThat(named("group deformux-train-plan", findings).value())
                .contains("deformux.training.requested: 0 to do", "deformux.training.result: 0 to do");
        assertThat(findings)
                .extracting(Finding::name)
                .contains("rights of infer-worker", "rights of train-worker")
                .doesNotHaveDuplicates();
    }

    @Test
    void theLookCreatesNoTopicAndNoGroup() throws Exception {
        look();

        assertThat(admin.listTopics().names().get()).isEmpty();
        assertThat(admin.listGroups().all().get()).isEmpty();
    }

    @Test
    void missingTopicsThatAWorkerCanCreateAreWarnings() {
        List<Finding> findings = look();

        Finding topic = named("topic deformux.scan.arrived", findings);
        assertThat(topic.verdict()).isEqualTo(Severity.WARN);
        assertThat(topic.value()).isEqualTo("missing");
        assertThat(named("group deformux-infer", findings).value()).contains("deformux.scan.arrived: missing");
        assertThat(findings).extracting(Finding::verdict).doesNotContain(Severity.FAIL);
    }

    @Test
    void onlyTheTopicsOfTheRoleAreLookedAt() {
        assertThat(new ClusterCheck(connection, List.of(WorkerRole.inference(GROUP))).look())
                .extracting(Finding::name)
                .noneMatch(name -> name.contains("training"))
                .contains("topic deformux.dead-letter");
    }

    @Test
    void aJobTopicOfOnePartitionAndModelsThatGoWithTimeAreNamedWithTheCure() throws Exception {
        admin.createTopics(List.of(
                        new NewTopic(Topics.SCAN_ARRIVED, Optional.of(1), Optional.empty())
                                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1")),
                        new NewTopic(Topics.MODEL_PUBLISHED, Optional.of(1), Optional.empty())))
                .all()
                .get();
        TopicSetup.create(connection, TopicSetup.topics());

        List<Finding> findings = look();

        Finding jobs = named("topic deformux.scan.arrived", findings);
        assertThat(jobs.verdict()).isEqualTo(Severity.WARN);
        assertThat(jobs.value()).isEqualTo("1 partition, replication 1, kept for ever");
        assertThat(jobs.advice()).hasValueSatisfying(advice -> assertThat(advice)
                .contains("--alter --topic deformux.scan.arrived --partitions 16"));
        Finding models = named("topic deformux.model.published", findings);
        assertThat(models.verdict()).isEqualTo(Severity.WARN);
        assertThat(models.advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains("cleanup.policy=compact"));
    }

    @Test
    void aTopicOfWorkersThatTheirClocksTimeIsNamedWithTheCure() throws Exception {
        Map<String, String> kept =
                Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1", TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
        admin.createTopics(List.of(
                        new NewTopic(Topics.SEGMENTATION_RESULT, Optional.of(16), Optional.empty()).configs(kept),
                        new NewTopic(Topics.SCAN_ARRIVED, Optional.of(16), Optional.empty()).configs(kept)))
                .all()
                .get();
        TopicSetup.create(connection, TopicSetup.topics());

        List<Finding> findings = look();

        Finding results = named("topic deformux.segmentation.result", findings);
        assertThat(results.verdict()).isEqualTo(Severity.WARN);
        assertThat(results.advice()).hasValueSatisfying(advice -> assertThat(advice)
                .contains("--topic deformux.segmentation.result", "message.timestamp.type=LogAppendTime"));
        assertThat(named("topic deformux.scan.arrived", findings).verdict()).isEqualTo(Severity.OK);
        assertThat(new ClusterCheck(connection, List.of(WorkerRole.inference(GROUP))).lookAtNeeds())
                .as("what a worker says when it starts")
                .anySatisfy(finding -> assertThat(finding.advice().orElse("")).contains("LogAppendTime"));
    }

    @Test
    void jobsThatWaitForNobodyAreAWarning() {
        TopicSetup.create(connection, TopicSetup.topics());
        send(3);

        Finding group = named("group deformux-infer", look());

        assertThat(group.verdict()).isEqualTo(Severity.WARN);
        assertThat(group.value())
                .isEqualTo("no worker, deformux.scan.arrived: 3 to do, "
                        + "deformux.scan.urgent: 0 to do, deformux.retry: 0 to do, deformux.retry.urgent: 0 to do");
        assertThat(group.advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains("deformux infer-worker"));
    }

    @Test
    void markersOfTransactionsAreNothingToDo() throws Exception {
        TopicSetup.create(connection, TopicSetup.topics());
        send(2);
        admin.alterConsumerGroupOffsets(GROUP, Map.of(FIRST, new OffsetAndMetadata(2)))
                .all()
                .get();
        assertThat(end()).isEqualTo(3);

        assertThat(named("group deformux-infer", look()).value()).contains("deformux.scan.arrived: 0 to do");
    }

    @Test
    void workersOfTheGroupAreCounted() {
        TopicSetup.create(connection, TopicSetup.topics());
        try (KafkaConsumer<byte[], byte[]> worker = new KafkaConsumer<>(
                connection.client(Map.of("group.id", GROUP)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            worker.subscribe(List.of(Topics.SCAN_ARRIVED));
            while (worker.assignment().isEmpty()) {
                worker.poll(Duration.ofMillis(100));
            }
            assertThat(named("group deformux-infer", look()).value()).startsWith("1 worker, ");
        }
    }

    @Test
    void whatDoesNotAnswerIsGivenUpInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            for (String address : List.of("127.0.0.1:" + silent.getLocalPort(), "127.0.0.1:1", "no host")) {
                long start = System.nanoTime();
                List<Finding> findings =
                        new ClusterCheck(KafkaConnection.of(address), List.of(WorkerRole.inference(GROUP))).look();

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ClusterCheck.LIMIT);
                assertThat(findings).hasSize(1);
                assertThat(findings.get(0).verdict()).isEqualTo(Severity.FAIL);
                assertThat(findings.get(0).value()).startsWith(address);
            }
        }
    }

    private List<Finding> look() {
        return new ClusterCheck(connection, List.of(WorkerRole.inference(GROUP), WorkerRole.training("deformux-train")))
                .look();
    }

    private long end() throws Exception {
        return admin.listOffsets(Map.of(FIRST, OffsetSpec.latest()))
                .partitionResult(FIRST)
                .get()
                .offset();
    }

    /** In one transaction, to the first partition. */
    private void send(int records) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                connection.client(Map.of("transactional.id", "test-router")),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
            for (int n = 0; n < records; n++) {
                sent.add(new ProducerRecord<>(FIRST.topic(), FIRST.partition(), null, new byte[] {1}));
            }
            sent.forEach(producer::send);
            producer.commitTransaction();
        }
    }
}
