package io.deformux.messaging.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.TopicSetup.Topic;
import io.deformux.schemas.Topics;
import io.deformux.testing.server.GuardedBroker;
import io.deformux.testing.server.KafkaFixture;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TopicSetupTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    @Test
    void createsTheTopicsOfTheContract() throws Exception {
        ConfigResource progress = new ConfigResource(ConfigResource.Type.TOPIC, Topics.PROGRESS);
        try (Admin admin = Admin.create(KAFKA.connection().client(Map.of()))) {
            Map<String, TopicDescription> topics = admin.describeTopics(
                            List.of(Topics.SCAN_ARRIVED, Topics.SEGMENTATION_RESULT, Topics.DEAD_LETTER))
                    .allTopicNames()
                    .get();
            assertThat(topics.get(Topics.SCAN_ARRIVED).partitions()).hasSize(TopicSetup.JOB_PARTITIONS);
            assertThat(admin.describeConfigs(List.of(progress))
                            .all()
                            .get()
                            .get(progress)
                            .get("retention.ms")
                            .value())
                    .isEqualTo("3600000");
        }
    }

    @Test
    void aWorkerWhoseClockIsWrongCanPublish() throws Exception {
        long ahead = System.currentTimeMillis() + Duration.ofHours(2).toMillis();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KAFKA.connection().client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String topic : List.of(
                    Topics.SEGMENTATION_RESULT,
                    Topics.TRAINING_RESULT,
                    Topics.MODEL_PUBLISHED,
                    Topics.PROGRESS,
                    Topics.RETRY,
                    Topics.RETRY_URGENT,
                    Topics.DEAD_LETTER)) {
                assertThat(producer.send(new ProducerRecord<>(topic, 0, ahead, new byte[1], new byte[1]))
                                .get()
                                .timestamp())
                        .as(topic)
                        .isLessThan(ahead - Duration.ofHours(1).toMillis());
            }
        }
    }

    @Test
    void publishedModelsAreKeptByName() throws Exception {
        ConfigResource published = new ConfigResource(ConfigResource.Type.TOPIC, Topics.MODEL_PUBLISHED);
        try (Admin admin = Admin.create(KAFKA.connection().client(Map.of()))) {
            assertThat(admin.describeConfigs(List.of(published))
                            .all()
                            .get()
                            .get(published)
                            .get("cleanup.policy")
                            .value())
                    .isEqualTo("compact");
        }
    }

    @Test
    void everyTopicOfTheContractIsCreated() throws Exception {
        List<String> contract = Arrays.stream(Topics.class.getFields())
                .map(TopicSetupTest::value)
                .toList();

        assertThat(TopicSetup.topics().stream().map(Topic::name)).containsExactlyInAnyOrderElementsOf(contract);
        try (Admin admin = Admin.create(KAFKA.connection().client(Map.of()))) {
            Map<String, TopicDescription> topics =
                    admin.describeTopics(contract).allTopicNames().get();
            for (String spread : List.of(
                    Topics.TRAINING_REQUESTED,
                    Topics.TRAINING_FOLD_REQUESTED,
                    Topics.TRAINING_READY,
                    Topics.TRAINING_RESULT)) {
                assertThat(topics.get(spread).partitions()).hasSize(TopicSetup.JOB_PARTITIONS);
            }
        }
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void manyWorkersMayCreateTheSameTopicsAtOnce() throws Exception {
        List<Topic> raced =
                List.of(new Topic("raced-1", 4, Duration.ofHours(1)), new Topic("raced-2", 4, Duration.ofHours(1)));
        assertThatCode(() -> IntStream.range(0, 6)
                        .parallel()
                        .forEach(worker -> TopicSetup.create(KAFKA.connection(), raced)))
                .doesNotThrowAnyException();
        try (Admin admin = Admin.create(KAFKA.connection().client(Map.of()))) {
            assertThat(admin.listTopics().names().get()).contains("raced-1", "raced-2");
        }
    }

    @Test
    void whoMayNotCreateTopicsNeedsNotWhereTheyAre(@TempDir Path directory) throws Exception {
        List<Topic> topics = List.of(new Topic("made", 2, Duration.ofHours(1)));
        try (GuardedBroker broker = new GuardedBroker(directory, List.of("worker"))) {
            KafkaConnection user = new KafkaConnection(broker.bootstrapServers(), broker.as("worker", "worker"));
            broker.grant("worker", ResourceType.TOPIC, "made", AclOperation.READ);
            assertThatThrownBy(() -> TopicSetup.create(user, topics))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("--operation create --topic made");

            TopicSetup.create(new KafkaConnection(broker.bootstrapServers(), broker.asAdmin()), topics);

            assertThatCode(() -> TopicSetup.create(user, topics)).doesNotThrowAnyException();
        }
    }

    @Test
    void leavesAnExistingTopicAsItIs() throws Exception {
        TopicSetup.create(KAFKA.connection(), List.of(new Topic("kept", 2, Duration.ofHours(1))));
        TopicSetup.create(KAFKA.connection(), List.of(new Topic("kept", 9, Duration.ofHours(2))));
        try (Admin admin = Admin.create(KAFKA.connection().client(Map.of()))) {
            assertThat(admin.describeTopics(List.of("kept"))
                            .allTopicNames()
                            .get()
                            .get("kept")
                            .partitions())
                    .hasSize(2);
        }
    }
}
