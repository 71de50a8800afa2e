package io.deformux.messaging.cluster;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The Kafka client properties that say how to reach a cluster, as {@code security.protocol} and {@code sasl.jaas.config}:
 * those that clients of every kind know, apart from what this package sets itself.
 */
public final class ClientProperties {
    private static final Set<String> OURS = Set.of(
            "bootstrap.servers",
            "bootstrap.controllers",
            "default.api.timeout.ms",
            "request.timeout.ms",
            "metric.reporters",
            "enable.metrics.push");

    private ClientProperties() {}

    /** Their names, in order. */
    public static List<String> names() {
        Set<String> names = new TreeSet<>(AdminClientConfig.configNames());
        names.removeAll(OURS);
        return List.copyOf(names);
    }

    /** Whether a value is nobody's business; of a property that is not known, it is not shown either. */
    public static boolean isSecret(String name) {
        ConfigDef.ConfigKey known = AdminClientConfig.configDef().configKeys().get(name);
        return known == null || known.type() == ConfigDef.Type.PASSWORD;
    }
}
