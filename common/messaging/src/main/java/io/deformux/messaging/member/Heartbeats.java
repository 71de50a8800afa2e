package io.deformux.messaging.member;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * When the group's coordinator last confirmed a member, as far as the client's own metrics tell: how many heartbeats were
 * answered, and how long the slowest of the last answers took. For the loop's thread only.
 */
final class Heartbeats {
    private static final String GROUP = "consumer-coordinator-metrics";

    private final Metric answered;
    private final Metric slowestMs;
    private double seen;
    private long lookedAt;

    Heartbeats(Consumer<?, ?> consumer) {
        this(consumer.metrics());
    }

    Heartbeats(Map<MetricName, ? extends Metric> metrics) {
        answered = metric(metrics, "heartbeat-total");
        slowestMs = metric(metrics, "heartbeat-response-time-max");
        lookedAt = System.nanoTime();
    }

    /**
     * What the client must be told, so that one slow answer, as to a process that was stopped, counts until the next
     * heartbeat only and not for a minute.
     */
    static Map<String, Object> settings(Duration session) {
        return Map.of("metrics.sample.window.ms", Math.max(1, session.toMillis() / 6), "metrics.num.samples", 2);
    }

    /** A moment (ns) after which a heartbeat was sent that has been answered since the last look; empty: none was. */
    OptionalLong look() {
        long before = lookedAt;
        lookedAt = System.nanoTime();
        double now = (double) answered.metricValue();
        if (now == seen) {
            return OptionalLong.empty();
        }
        seen = now;
        double latency = (double) slowestMs.metricValue();
        // Not a number: the answer came so long ago that nobody knows how slow it was.
        return Double.isFinite(latency)
                ? OptionalLong.of(before - (long) (latency * TimeUnit.MILLISECONDS.toNanos(1)))
                : OptionalLong.empty();
    }

    private static Metric metric(Map<MetricName, ? extends Metric> all, String name) {
        return all.entrySet().stream()
                .filter(each -> each.getKey().group().equals(GROUP)
                        && each.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("the Kafka client does not count its heartbeats: " + name));
    }
}
