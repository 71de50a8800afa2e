package io.deformux.messaging.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.messaging.record.RetryRecord;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** A job waits as long as it was put off for, also where clocks are wrong or are set. */
class RetryWaitsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final TopicPartition ONE = new TopicPartition(Topics.RETRY, 1);
    private static final TopicPartition TWO = new TopicPartition(Topics.RETRY, 2);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow
    private final RetryWaits waits = new RetryWaits(nanos::get);

    @Test
    void aJobOfAWorkerWhoseClockIsAheadWaitsNoLongerThanItWasPutOffFor() {
        Instant aheadHere = Instant.now().minus(Duration.ofHours(2)); // the clock here is behind that worker's
        assertThat(waiting(MINUTE).left(aheadHere)).isBetween(MINUTE.minusSeconds(5), MINUTE);
        assertThat(waiting(MINUTE).left(Instant.now().plus(Duration.ofHours(2))))
                .isZero();
        Instant daysBehind = Instant.now().minus(Duration.ofDays(9));
        assertThat(waiting(MINUTE).left(daysBehind)).isBetween(MINUTE.minusSeconds(5), MINUTE);
        assertThat(waiting(Duration.ofDays(9)).left(Instant.now())).isZero(); // nobody puts a job off for so long
    }

    @Test
    void aWaitThatHasBegunEndsByMeasuredTime() {
        assertThat(waits.goesOn(ONE, 7, MINUTE)).isTrue();
        assertThat(waits.without(List.of(ONE, TWO))).isEqualTo(Set.of(TWO));
        nanos.addAndGet(MINUTE.toNanos() - 1);
        assertThat(waits.goesOn(ONE, 7, Duration.ofHours(2))).isTrue(); // the clock was set back
        nanos.addAndGet(1);
        assertThat(waits.without(List.of(ONE, TWO))).isEqualTo(Set.of(ONE, TWO));
        assertThat(waits.goesOn(ONE, 7, Duration.ofHours(2))).isFalse();
        assertThat(waits.goesOn(ONE, 8, MINUTE)).isTrue();
    }

    @Test
    void aJobThatIsDueDoesNotWait() {
        assertThat(waits.goesOn(ONE, 7, Duration.ZERO)).isFalse();
        assertThat(waits.without(List.of(ONE))).isEqualTo(Set.of(ONE));
    }

    @Test
    void aJobThatWaitsIsAsOldAsItFirstWas() {
        assertThat(waiting(MINUTE).original().timestamp()).isEqualTo(1234);
    }

    private static RetryRecord waiting(Duration wait) {
        ConsumerRecord<byte[], byte[]> first = new ConsumerRecord<>(
                "jobs",
                0,
                7,
                1234,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
        ProducerRecord<byte[], byte[]> made = RetryRecord.of(
                Topics.RETRY,
                first,
                "group",
                new RetryRecord.Prior(1, 0),
                Instant.now().plus(wait),
                OptionalInt.empty());
        ConsumerRecord<byte[], byte[]> taken = new ConsumerRecord<>(Topics.RETRY, 0, 1, made.key(), made.value());
        made.headers().forEach(taken.headers()::add);
        return RetryRecord.in(taken, TopicNames.CONTRACT).orElseThrow();
    }
}
