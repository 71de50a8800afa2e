package io.deformux.messaging.cluster;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.TopicNames;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * How to reach a Kafka cluster.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param properties further Kafka client properties, as {@code security.protocol}, {@code sasl.jaas.config} or
 *     {@code ssl.truststore.location}, handed to every client; a property on which the guarantees of this package
 *     depend, as {@code isolation.level}, keeps the value that this package gives it
 * @param topics how the topics are named there
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> properties, TopicNames topics) {
    /** A connection; the map is copied. */
    public KafkaConnection {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        properties = Map.copyOf(properties);
        Objects.requireNonNull(topics, "topics");
    }

    /** A connection to a cluster that names the topics as the contract does. */
    public KafkaConnection(String bootstrapServers, Map<String, String> properties) {
        this(bootstrapServers, properties, TopicNames.CONTRACT);
    }

    /** A connection without encryption and authentication. */
    public static KafkaConnection of(String bootstrapServers) {
        return new KafkaConnection(bootstrapServers, Map.of());
    }

    /** A connection with the client properties of a file, the one that Kafka's own tools take as {@code --command-config}. */
    public static KafkaConnection of(String bootstrapServers, Path propertiesFile) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(propertiesFile)) {
            read.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the Kafka client properties " + propertiesFile, e);
        }
        Map<String, String> properties = new HashMap<>();
        read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
        return new KafkaConnection(bootstrapServers, properties);
    }

    /** The same with further client properties, over those that it has. */
    public KafkaConnection with(Map<String, String> further) {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(further);
        return new KafkaConnection(bootstrapServers, all, topics);
    }

    /** The same to a cluster that names the topics otherwise. */
    public KafkaConnection withTopics(TopicNames other) {
        return new KafkaConnection(bootstrapServers, properties, other);
    }

    /** The properties of one client: these, then {@code ours} over them. */
    public Map<String, Object> client(Map<String, Object> ours) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("bootstrap.servers", bootstrapServers);
        all.putAll(ours);
        if (!topics.equals(TopicNames.CONTRACT)) {
            all.put("interceptor.classes", TopicNaming.class.getName());
            all.put(TopicNaming.PREFIX, topics.prefix());
        }
        return all;
    }

    /**
     * Makes a client and closes it again: addresses that do not resolve, files that are not there and the like show then.
     *
     * @throws JobException {@code KAFKA_UNAVAILABLE}
     */
    public void requireUsable() {
        try {
            Admin.create(client(Map.of())).close(Duration.ZERO);
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    /**
     * Why a person cannot have what Kafka was asked for, in one line.
     *
     * @return {@code KAFKA_UNAVAILABLE}
     */
    public JobException unavailable(Throwable thrown) {
        return unavailable(Refusal.of(thrown));
    }

    /** The same, where more is known. */
    public JobException unavailable(Refusal refusal) {
        return new JobException(
                FailureCode.KAFKA_UNAVAILABLE, "Kafka at " + this + ": " + looked(refusal), refusal.cause());
    }

    /** With the reason where Kafka's client has only waited. */
    private Refusal looked(Refusal refusal) {
        if (!(refusal.cause() instanceof TimeoutException)) {
            return refusal;
        }
        boolean tls = properties.getOrDefault("security.protocol", "PLAINTEXT").toUpperCase(Locale.ROOT).endsWith("SSL");
        return new Reach(tls)
                .fault(bootstrapServers)
                .map(fault -> new Refusal(
                        refusal.message() + ": " + fault, refusal.advice(), refusal.passing(), refusal.cause()))
                .orElse(refusal);
    }

    /** Names the servers only: the properties may hold passwords. */
    @Override
    public String toString() {
        return bootstrapServers;
    }
}
