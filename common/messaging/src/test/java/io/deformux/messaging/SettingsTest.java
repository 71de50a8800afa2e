package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.messaging.cluster.Backoff;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobLimits;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.member.StartCount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
        Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(60));
        assertThat(backoff.delay(1, 0.5)).isEqualTo(Duration.ofSeconds(5));
        assertThat(backoff.delay(2, 0.5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(backoff.delay(4, 0.5)).isEqualTo(Duration.ofSeconds(40));
        assertThat(backoff.delay(5, 0.5)).isEqualTo(Duration.ofSeconds(60));
        assertThat(backoff.delay(100, 1)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aWaitIsDrawnFromAroundItsLength() {
        Backoff backoff = new Backoff(Duration.ofSeconds(8), Duration.ofSeconds(60));
        assertThat(backoff.delay(1, 0)).isEqualTo(Duration.ofSeconds(6));
        assertThat(backoff.delay(1, 1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(backoff.delay(9, 0)).isEqualTo(Duration.ofSeconds(45));
    }

    @Test
    void passingFaultsAreTriedForAboutHalfAnHourUnlessSaidOtherwise() {
        long seconds = 0;
        for (int n = 1; n < Attempts.DEFAULT.most(); n++) {
            seconds += Attempts.DEFAULT.waits().delay(n, 0.5).toSeconds();
        }
        assertThat(seconds).isBetween(25L * 60, 35L * 60);
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
                .withPrepareNext(false)
                .withLimits(JobLimits.DEFAULT.withTime(Duration.ofSeconds(7)))
                .withUrgent("first");
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
                        false,
                        JobLimits.DEFAULT.withTime(Duration.ofSeconds(7)),
                        Optional.of("first")));
        assertThat(before.withMaxEventBytes(before.maxEventBytes())).isEqualTo(before);
    }
}
