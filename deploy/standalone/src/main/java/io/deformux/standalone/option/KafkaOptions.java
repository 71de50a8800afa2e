package io.deformux.standalone.option;

import io.deformux.messaging.cluster.ClientProperties;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.schemas.TopicNames;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

    @Option(
            names = "--kafka",
            paramLabel = "NAME=VALUE",
            completionCandidates = ClientPropertyNames.class,
            description = "One client property that says how to reach the cluster, over those of --kafka-properties, as"
                    + " security.protocol=SASL_SSL; repeat for several. Others can read what stands here: passwords belong"
                    + " into a file or the environment.")
    private Map<String, String> single = Map.of();

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            description = "What the names of all topics begin with, the same for all programs of an installation"
                    + " (default: ${DEFAULT-VALUE}).")
    private String topicPrefix = TopicNames.USUAL;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** As localhost:9092 or [::1]:9092. */
    private static final Pattern HOST_AND_PORT = Pattern.compile("[^\\s\\[\\]]*(\\[[^\\s\\[\\]]+])?:\\d{1,5}");

    /** The names that may be given one by one. */
    static final class ClientPropertyNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ClientProperties.names().iterator();
        }
    }

    /** The cluster; an {@link java.io.UncheckedIOException} tells that the properties cannot be read. */
    public KafkaConnection connection() {
        for (String server : bootstrapServers.split(",", -1)) {
            if (!HOST_AND_PORT.matcher(server.strip()).matches()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--bootstrap-servers: HOST:PORT is needed, several separated by commas, not " + server);
            }
        }
        KafkaConnection connection = properties == null
                ? KafkaConnection.of(bootstrapServers)
                : KafkaConnection.of(bootstrapServers, properties);
        return connection.with(single).withTopics(topics());
    }

    private TopicNames topics() {
        try {
            return new TopicNames(topicPrefix);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--topic-prefix: " + e.getMessage(), e);
        }
    }
}
