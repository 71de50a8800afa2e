package io.deformux.messaging.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeCount;
import org.apache.kafka.common.metrics.stats.Max;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the metrics of Kafka's client, with the settings that a worker's client gets. */
@Timeout(30)
class HeartbeatsTest {
    private static final Duration SESSION = Duration.ofSeconds(1);
    private static final double SLOW_MS = 8000;

    private final Metrics metrics = new Metrics(config(Heartbeats.settings(SESSION)));
    private final Sensor answers = metrics.sensor("answers");
    private Heartbeats heartbeats;

    @BeforeEach
    void addMetrics() {
        answers.add(name("heartbeat-total"), new CumulativeCount());
        answers.add(name("heartbeat-response-time-max"), new Max());
        heartbeats = new Heartbeats(metrics.metrics());
    }

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void anAnswerConfirmsWhatWasSentBeforeTheLastLookAsLongAgoAsItTook() {
        assertThat(heartbeats.look()).isEmpty();
        long looked = System.nanoTime();
        answers.record(SLOW_MS);

        OptionalLong confirmed = heartbeats.look();

        assertThat(confirmed).isPresent();
        assertThat(confirmed.getAsLong()).isLessThanOrEqualTo(looked - TimeUnit.SECONDS.toNanos(8));
    }

    @Test
    void oneSlowAnswerIsForgottenWithTheNextOnes() {
        answers.record(SLOW_MS);
        heartbeats.look();
        long slow = System.nanoTime();

        await().atMost(SESSION.multipliedBy(5))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    answers.record(1);
                    OptionalLong confirmed = heartbeats.look();
                    return confirmed.isPresent() && confirmed.getAsLong() > slow;
                });
    }

    private MetricName name(String name) {
        return metrics.metricName(name, "consumer-coordinator-metrics");
    }

    private static MetricConfig config(Map<String, Object> settings) {
        return new MetricConfig()
                .timeWindow((long) settings.get("metrics.sample.window.ms"), TimeUnit.MILLISECONDS)
                .samples((int) settings.get("metrics.num.samples"));
    }
}
