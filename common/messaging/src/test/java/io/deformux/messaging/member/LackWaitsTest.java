package io.deformux.messaging.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.messaging.cluster.Backoff;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.record.RetryRecord;
import io.deformux.messaging.record.RetryRecord.Prior;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class LackWaitsTest {
    @Test
    void theWaitsOfAJobThatIsPutOffForItsEnvironmentGrow() {
        Backoff waits = Attempts.DEFAULT.lackWaits();
        assertThat(List.of(waits.delay(1, 0.5), waits.delay(2, 0.5), waits.delay(3, 0.5), waits.delay(9, 1)))
                .extracting(Duration::toSeconds)
                .containsExactly(60L, 120L, 240L, 300L);
        Prior waited = new Prior(0, 0, 4, Optional.of(Instant.parse("2026-01-02T03:04:05Z")));
        ProducerRecord<byte[], byte[]> waiting = RetryRecord.of(
                Topics.RETRY,
                new ConsumerRecord<>("jobs", 0, 7, null, new byte[0]),
                "group",
                waited,
                Instant.now(),
                OptionalInt.empty());
        ConsumerRecord<byte[], byte[]> taken = new ConsumerRecord<>(Topics.RETRY, 0, 1, null, new byte[0]);
        waiting.headers().forEach(taken.headers()::add);
        assertThat(new TakenJob(taken, TopicNames.CONTRACT).lacking().lackWaits())
                .isEqualTo(5);
        assertThat(new TakenJob(taken, TopicNames.CONTRACT).lacking().lacksSince())
                .isEqualTo(waited.lacksSince());
        assertThat(new TakenJob(taken, TopicNames.CONTRACT).behind(1).lackWaits())
                .isZero();
    }
}
