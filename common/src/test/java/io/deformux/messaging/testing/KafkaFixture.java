package io.deformux.messaging.testing;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.KafkaConnection;
import io.deformux.messaging.TopicSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A Kafka broker with the topics of the contract, for a test class: a container where a Docker engine answers, else the
 * embedded broker; the log says which.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final KafkaFixture KAFKA = new KafkaFixture();
 * }</pre>
 */
public final class KafkaFixture implements BeforeAllCallback, AfterAllCallback {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaFixture.class);
    private static final String IMAGE = "apache/kafka:4.3.1";

    private AutoCloseable broker;
    private KafkaConnection connection;

    /** How to reach the broker. */
    public KafkaConnection connection() {
        return connection;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (dockerAnswers()) {
            LOG.info("Kafka for {}: container {}", context.getDisplayName(), IMAGE);
            KafkaContainer container = new KafkaContainer(IMAGE)
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000");
            container.start();
            broker = container;
            connection = KafkaConnection.of(container.getBootstrapServers());
        } else {
            LOG.info("Kafka for {}: embedded broker, since no Docker engine answers", context.getDisplayName());
            EmbeddedBroker embedded = EmbeddedBroker.start();
            broker = embedded;
            connection = KafkaConnection.of(embedded.bootstrapServers());
        }
        TopicSetup.create(connection, TopicSetup.topics());
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (broker != null) {
            broker.close();
        }
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
