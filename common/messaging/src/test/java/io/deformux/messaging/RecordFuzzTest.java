package io.deformux.messaging;

import io.deformux.failure.FailureClass;
import io.deformux.failure.JobException;
import io.deformux.messaging.record.DeadLetters;
import io.deformux.messaging.record.EventRecords;
import io.deformux.messaging.record.RetryRecord;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import io.deformux.testing.fuzz.JsonTokens;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kafka records of jobs, damaged in headers, key and value: an event, or a refusal that becomes a dead letter. */
@Tag("fuzz")
class RecordFuzzTest {
    private static final EventRecords RECORDS = new EventRecords(URI.create("/fuzz"), 1 << 20);
    private static final FuzzTarget.Memory MEMORY = new FuzzTarget.Memory(8 << 20, 1024);

    static Stream<FuzzTarget> targets() {
        ProducerRecord<byte[], byte[]> job = RECORDS.write(Jobs.scan("ct-1"));
        ConsumerRecord<byte[], byte[]> taken = FuzzedRecord.of(FuzzedRecord.bytes(job), Topics.SCAN_ARRIVED);
        ProducerRecord<byte[], byte[]> waiting = RetryRecord.of(
                Topics.RETRY, taken, "group", new RetryRecord.Prior(3, 1), Instant.EPOCH, OptionalInt.empty());
        return Stream.of(
                target("event-records", job, bytes -> read(FuzzedRecord.of(bytes, Topics.SCAN_ARRIVED))),
                target("retry-records", waiting, RecordFuzzTest::readWaiting));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheBytesReadingEndsInAnEventOrADeadLetter(FuzzTarget target) {
        FuzzRun.check(target);
    }

    private static FuzzTarget target(String name, ProducerRecord<byte[], byte[]> seed, FuzzTarget.Reading reading) {
        return new FuzzTarget(
                name, List.of(FuzzedRecord.bytes(seed)), JsonTokens.all(), RecordFuzzTest::isRefusal, MEMORY, reading);
    }

    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof JobException refusal
                && refusal.code().failureClass() == FailureClass.BAD_JOB
                // What nobody thought of, which the reader survives.
                && !refusal.getMessage().startsWith("The record cannot be read");
    }

    /** As the job loop does: what is refused has to fit as a dead letter. */
    private static void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            RECORDS.read(record);
        } catch (JobException refusal) {
            DeadLetters.copy(record, refusal);
            throw refusal;
        }
    }

    private static void readWaiting(byte[] bytes) {
        RetryRecord waiting = RetryRecord.in(FuzzedRecord.of(bytes, Topics.RETRY), TopicNames.CONTRACT)
                .orElseThrow();
        waiting.group();
        waiting.left(Instant.EPOCH);
        waiting.prior();
        ConsumerRecord<byte[], byte[]> original = waiting.original();
        RetryRecord.fits(
                RetryRecord.of(Topics.RETRY, original, "group", waiting.prior(), waiting.due(), OptionalInt.empty()));
        read(original);
    }
}
