package io.deformux.messaging.testing;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.KafkaConnection;
import io.deformux.messaging.TopicSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A Kafka broker with the topics of the contract: a container where a Docker engine answers, else the embedded broker;
 * the log says which. All test classes of one run share it, so they use job ids, groups and further topics of their own.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final KafkaFixture KAFKA = new KafkaFixture();
 * }</pre>
 */
public final class KafkaFixture implements BeforeAllCallback {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaFixture.class);
    private static final String IMAGE = "apache/kafka:4.3.1";

    private KafkaConnection connection;

    /** The one of this run; JUnit closes it at the end. */
    private record SharedKafka(AutoCloseable broker, KafkaConnection connection) implements AutoCloseable {
        @Override
        public void close() {
            try {
                broker.close();
            } catch (Exception e) {
                LOG.warn("Cannot stop the Kafka of the tests", e);
            }
        }
    }

    /** How to reach the broker. */
    public KafkaConnection connection() {
        return connection;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        connection = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(KafkaFixture.class))
                .getOrComputeIfAbsent(SharedKafka.class, key -> start(), SharedKafka.class)
                .connection();
    }

    private static SharedKafka start() {
        SharedKafka kafka;
        if (dockerAnswers()) {
            LOG.info("Kafka for the tests: container {}", IMAGE);
            KafkaContainer container = new KafkaContainer(IMAGE)
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000");
            container.start();
            kafka = new SharedKafka(container, KafkaConnection.of(container.getBootstrapServers()));
        } else {
            LOG.info("Kafka for the tests: embedded broker, since no Docker engine answers");
            EmbeddedBroker broker = EmbeddedBroker.start();
            kafka = new SharedKafka(broker, KafkaConnection.of(broker.bootstrapServers()));
        }
        TopicSetup.create(kafka.connection(), TopicSetup.topics());
        return kafka;
    }

    /** Asks Testcontainers only where there is something to ask: its search takes seconds and logs errors. */
    private static boolean dockerAnswers() {
        Stream<Path> sockets = List.of(
                        "/var/run/docker.sock",
                        "//./pipe/docker_engine",
                        System.getProperty("user.home") + "/.docker/run/docker.sock",
                        System.getProperty("user.home") + "/.testcontainers.properties")
                .stream()
                .map(Path::of);
        return (System.getenv("DOCKER_HOST") != null || sockets.anyMatch(Files::exists))
                && DockerClientFactory.instance().isDockerAvailable();
    }
}
