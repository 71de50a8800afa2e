package io.deformux.testing.server;

import io.deformux.broker.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A Kafka broker: a container where a Docker engine answers, else the embedded broker; the log says which. All test classes
 * of one run share it, so they use job ids, groups and further topics of their own.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);
 * }</pre>
 *
 * @param <C> how the tests reach the broker
 */
public final class KafkaFixture<C> implements BeforeAllCallback {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaFixture.class);
    private static final String IMAGE = "apache/kafka:4.3.1";

    private final Function<String, C> connect;
    private final Consumer<C> prepare;

    private C connection;

    /** The one of this run; JUnit closes it at the end. */
    private record SharedKafka(AutoCloseable broker, String bootstrapServers) implements AutoCloseable {
        @Override
        public void close() {
            try {
                broker.close();
            } catch (Exception e) {
                LOG.warn("Cannot stop the Kafka of the tests", e);
            }
        }
    }

    /**
     * A fixture for a test class.
     *
     * @param connect makes a connection of bootstrap servers
     * @param prepare makes what every test needs on the broker and is not there yet, such as topics
     */
    public KafkaFixture(Function<String, C> connect, Consumer<C> prepare) {
        this.connect = connect;
        this.prepare = prepare;
    }

    /** How to reach the broker. */
    public C connection() {
        return connection;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        SharedKafka kafka = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(KafkaFixture.class))
                .getOrComputeIfAbsent(SharedKafka.class, key -> start(), SharedKafka.class);
        connection = connect.apply(kafka.bootstrapServers());
        prepare.accept(connection);
    }

    private static SharedKafka start() {
        if (dockerAnswers()) {
            LOG.info("Kafka for the tests: container {}", IMAGE);
            KafkaContainer container = new KafkaContainer(IMAGE)
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000");
            container.start();
            return new SharedKafka(container, container.getBootstrapServers());
        }
        LOG.info("Kafka for the tests: embedded broker, since no Docker engine answers");
        EmbeddedBroker broker = EmbeddedBroker.start();
        return new SharedKafka(broker, broker.bootstrapServers());
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
