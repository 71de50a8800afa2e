package io.deformux.messaging.deadletter;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.FuzzedRecord;
import io.deformux.messaging.record.DeadLetters;
import io.deformux.schemas.DeadLetterHeaders;
import io.deformux.schemas.DeadLetterMark;
import io.deformux.schemas.Topics;
import io.deformux.testing.format.Archives;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records of the dead-letter topic, damaged in any way: they can be looked at, sent again and given up again. */
@Tag("fuzz")
class DeadLetterFuzzTest {
    private static final JobException REASON = new JobException(FailureCode.EVENT_INVALID, "again");
    private static final DeadLetterFilter FILTER = new DeadLetterFilter(
            Set.of(), Set.of(), Set.of(), Set.of(), Optional.of(Instant.EPOCH), Optional.of(Instant.MAX), true);

    static Stream<FuzzTarget> targets() {
        ConsumerRecord<byte[], byte[]> job = FuzzedRecord.of(
                Archives.bytes("ct-1\nce_id=1\nce_type=t\n\n{\"jobId\":\"ct-1\"}"), Topics.SCAN_ARRIVED);
        return Stream.of(new FuzzTarget(
                "dead-letters",
                List.of(FuzzedRecord.bytes(DeadLetters.copy(job, REASON, 3, 1 << 20))),
                Stream.of(DeadLetterHeaders.CUT + "=value", DeadLetterMark.OF + "=0-17", DeadLetterHeaders.TIME, "+999")
                        .map(Archives::bytes)
                        .toList(),
                thrown -> false,
                new FuzzTarget.Memory(1 << 20, 256),
                DeadLetterFuzzTest::read));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheRecordItIsALetter(FuzzTarget target) {
        FuzzRun.check(target);
    }

    private static void read(byte[] bytes) {
        ConsumerRecord<byte[], byte[]> record = FuzzedRecord.of(bytes, Topics.DEAD_LETTER);
        DeadLetter.markedBy(record);
        DeadLetter letter = DeadLetter.of(record, Optional.of(DeadLetter.mark(record)));
        FILTER.fits(letter);
        letter.headers();
        letter.value();
        letter.cut();
        if (!letter.topic().isEmpty()) {
            letter.original();
        }
        DeadLetters.copy(record, REASON, 1, 500);
    }
}
