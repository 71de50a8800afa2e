package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @Test
    void clientPropertiesPassThroughButNotOverOurs(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("client.properties");
        Files.writeString(
                file, "security.protocol=SASL_SSL\nisolation.level=read_uncommitted\nsasl.jaas.config=secret\n");
        KafkaConnection connection = KafkaConnection.of("broker:9093", file);
        assertThat(connection.client(Map.of("isolation.level", "read_committed")))
                .containsEntry("bootstrap.servers", "broker:9093")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("isolation.level", "read_committed");
        assertThat(connection.toString()).isEqualTo("broker:9093");
    }

    @Test
    void theWaitDoublesUpToItsLimit() {
        Attempts attempts = new Attempts(100, Duration.ofSeconds(5), Duration.ofSeconds(60));
        assertThat(attempts.delayBefore(2)).isEqualTo(Duration.ofSeconds(5));
        assertThat(attempts.delayBefore(3)).isEqualTo(Duration.ofSeconds(10));
        assertThat(attempts.delayBefore(5)).isEqualTo(Duration.ofSeconds(40));
        assertThat(attempts.delayBefore(6)).isEqualTo(Duration.ofSeconds(60));
        assertThat(attempts.delayBefore(100)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void refusesNoAttempts() {
        assertThatThrownBy(() -> new Attempts(0, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void startsAreReadOnlyFromTheJobsOwnOffset() {
        assertThat(StartCount.read(StartCount.of(7, 2), 7)).isEqualTo(2);
        assertThat(StartCount.read(StartCount.of(7, 2), 8)).isZero();
        assertThat(StartCount.read(null, 7)).isZero();
        assertThat(StartCount.read(new OffsetAndMetadata(7), 7)).isZero();
        assertThat(StartCount.read(new OffsetAndMetadata(7, "of another program"), 7))
                .isZero();
    }

    @Test
    void aChangedSettingLeavesTheOthersAsTheyAre() {
        JobLoopConfig before = JobLoopConfig.of("jobs", "group", Jobs.SOURCE);
        Attempts attempts = new Attempts(7, Duration.ofSeconds(1), Duration.ofSeconds(2));
        JobLoopConfig after = before.withAttempts(attempts)
                .withProgressInterval(Duration.ofSeconds(3))
                .withTimeouts(Duration.ofSeconds(4), Duration.ofSeconds(5))
                .withMaxEventBytes(6)
                .withPrepareNext(false);
        assertThat(after)
                .isEqualTo(new JobLoopConfig(
                        "jobs",
                        "group",
                        Jobs.SOURCE,
                        attempts,
                        Duration.ofSeconds(3),
                        6,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        false));
        assertThat(before.withMaxEventBytes(before.maxEventBytes())).isEqualTo(before);
    }
}
