package io.deformux.telemetry.metrics;

import io.deformux.messaging.job.JobObserver.Watched;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * What the catalogue has of one Kafka client's own metrics, until it is closed.
 *
 * <p>Not by Micrometer's {@code KafkaClientMetrics} (1.17): it gives meters the client's id as a label, which in producers
 * with transactions has a UUID, so that every start of a worker would bring series of its own. Where a filter leaves that
 * label out, its meters have fewer labels than it would give them, and those it removes at its next look. It would also bind
 * some hundred meters for the ten that are told.
 */
final class ClientMeters implements Watched {
    /** As clients name themselves: after the group, then a number or, of transactions, a UUID. */
    private static final Pattern CLIENT =
            Pattern.compile("(?:consumer|producer)-(.*?)-(?:[0-9]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    private final List<Runnable> bound = new ArrayList<>();

    /** Tells of the client with these metrics; of those that have no other label than its id. */
    ClientMeters(Meters meters, Map<MetricName, ? extends Metric> all) {
        all.forEach((name, value) -> Arrays.stream(io.deformux.telemetry.metrics.Metric.values())
                .filter(known -> known.prometheusName().equals(prometheusName(name)))
                .filter(known -> name.tags().keySet().equals(Set.of("client-id")))
                .forEach(known -> bound.add(meters.bind(
                        known, () -> number(value), group(name.tags().get("client-id"))))));
    }

    private static String prometheusName(MetricName name) {
        return ("kafka-" + name.group().replaceFirst("-metrics$", "") + "-" + name.name()).replace('-', '_');
    }

    private static String group(String client) {
        Matcher parts = CLIENT.matcher(client);
        return parts.matches() ? parts.group(1) : "other";
    }

    private static double number(Metric value) {
        return value.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    @Override
    public void close() {
        bound.forEach(Runnable::run);
        bound.clear();
    }
}
