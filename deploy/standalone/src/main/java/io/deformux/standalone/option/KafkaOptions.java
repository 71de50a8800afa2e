package io.deformux.standalone.option;

import io.deformux.messaging.KafkaConnection;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How to reach a Kafka cluster, the same for every command that does. */
public final class KafkaOptions {
    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT",
            description = "The Kafka cluster; several servers separated by commas.")
    private String bootstrapServers;

    @Option(
            names = "--kafka-properties",
            paramLabel = "FILE",
            description = "Kafka client properties such as security.protocol and sasl.jaas.config.")
    private Path properties;

    /** The cluster; an {@link java.io.UncheckedIOException} tells that the properties cannot be read. */
    public KafkaConnection connection() {
        return properties == null
                ? KafkaConnection.of(bootstrapServers)
                : KafkaConnection.of(bootstrapServers, properties);
    }
}
