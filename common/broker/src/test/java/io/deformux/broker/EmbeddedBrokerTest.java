package io.deformux.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class EmbeddedBrokerTest {
    private static final List<String> LOGGERS =
            List.of("kafka", "org.apache.kafka", "state.change.logger", "io.deformux.broker");

    @Test
    void keepsRecordsAndPortOverARestartAndCreatesNothingByItself(@TempDir Path directory) throws Exception {
        int port;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            port = broker.port();
            try (Admin admin = admin(broker)) {
                assertThat(admin.listTopics().names().get()).isEmpty();
                admin.createTopics(List.of(new NewTopic("t", 1, (short) 1)))
                        .all()
                        .get();
            }
            write(broker, "t", "kept");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(readFirst(broker, "t")).isEqualTo("kept");
        }
    }

    @Test
    void twoBrokersDoNotMeet() throws Exception {
        try (EmbeddedBroker one = EmbeddedBroker.start();
                EmbeddedBroker two = EmbeddedBroker.start();
                Admin first = admin(one);
                Admin second = admin(two)) {
            first.createTopics(List.of(new NewTopic("only-here", 1, (short) 1)))
                    .all()
                    .get();
            assertThat(second.listTopics().names().get()).isEmpty();
        }
    }

    @Test
    void losingTheDirectoryNeitherEndsTheJvmNorHangsTheClose(@TempDir Path parent) throws Exception {
        LOGGERS.forEach(name -> logger(name).setLevel(Level.OFF)); // the failure below fills pages
        Path directory = parent.resolve("kafka");
        EmbeddedBroker broker = EmbeddedBroker.start(directory);
        try (Admin admin = admin(broker)) {
            admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
            write(broker, "t", "a");
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            // The broker notices when it must make a file; the controller still says yes.
            admin.createTopics(List.of(new NewTopic("u", 1, (short) 1))).all().get();
            assertThatThrownBy(() -> write(broker, "u", "b")).isInstanceOf(ExecutionException.class);
            broker.close();
        } finally {
            LOGGERS.forEach(name -> logger(name).setLevel(null));
        }
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    private static Admin admin(EmbeddedBroker broker) {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static void write(EmbeddedBroker broker, String topic, String value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "request.timeout.ms", 2000,
                        "delivery.timeout.ms", 3000,
                        "max.block.ms", 3000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static String readFirst(EmbeddedBroker broker, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var records = consumer.poll(Duration.ofSeconds(20)).records(partition);
            return new String(records.get(0).value(), StandardCharsets.UTF_8);
        }
    }
}
