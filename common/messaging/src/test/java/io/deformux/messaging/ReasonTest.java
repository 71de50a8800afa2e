package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Reason;
import io.deformux.messaging.record.DeadLetters;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.DeadLetterHeaders;
import io.deformux.schemas.SegmentationFailed;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Whatever a failure says fits into what tells of it. */
class ReasonTest {
    @Test
    void aShortMessageIsToldWhole() {
        assertThat(reason("Two series in the folder."))
                .isEqualTo(new Reason("DICOM_SERIES_MIXED", "Two series in the folder.", false));
    }

    @Test
    void aMessageOfAnyLengthFitsAnEvent() {
        EventRecords records = new EventRecords(Jobs.SOURCE, 1 << 20);
        for (String message : new String[] {"", "x".repeat(2000), "x".repeat(5000), "\ud83e\udec0".repeat(5000)}) {
            Reason reason = reason(message);
            SegmentationFailed failed =
                    new SegmentationFailed("job", "read", reason.code(), reason.message(), reason.retryable(), 1);
            assertThatCode(() -> records.write(failed)).doesNotThrowAnyException();
        }
    }

    @Test
    void aMessageIsCutBetweenCharactersNotWithinOne() {
        assertThat(reason("\ud83e\udec0".repeat(5000)).message()).isEqualTo("\ud83e\udec0".repeat(2000));
        assertThat(reason("x" + "\ud83e\udec0".repeat(5000)).message()).isEqualTo("x" + "\ud83e\udec0".repeat(1999));
    }

    @Test
    void aDeadLettersMessageIsCutAsTheContractSays() {
        ProducerRecord<byte[], byte[]> letter = DeadLetters.copy(
                new ConsumerRecord<>("jobs", 0, 7, new byte[0], new byte[0]), failure("x".repeat(5000)));
        byte[] told = letter.headers().lastHeader(DeadLetterHeaders.MESSAGE).value();
        assertThat(new String(told, StandardCharsets.UTF_8)).isEqualTo("x".repeat(2000));
    }

    private static Reason reason(String message) {
        return Reason.of(failure(message));
    }

    private static JobException failure(String message) {
        return new JobException(FailureCode.DICOM_SERIES_MIXED, message);
    }
}
