package io.deformux.messaging.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.Jobs;
import io.deformux.schemas.Event;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ScanArrived;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** A consumer may take events of one source and id for repeats, and drop all but one. */
class EventRecordsTest {
    private final EventRecords records = new EventRecords(Jobs.SOURCE, 1 << 20);

    @Test
    void aRepeatedResultRepeatsItsId() {
        assertThat(id(records.write(Jobs.completed(Jobs.scan("a")))))
                .isEqualTo(id(records.write(Jobs.completed(Jobs.scan("a")))));
        assertThat(failure(Jobs.scan("a"), "gone", 1)).isEqualTo(failure(Jobs.scan("a"), "gone", 3));
    }

    @Test
    void aJobIdThatComesAgainWithAnotherScanFailsUnderAnotherId() {
        assertThat(failure(Jobs.scan("a"), "gone", 1)).isNotEqualTo(failure(corrected(Jobs.scan("a")), "gone", 1));
    }

    @Test
    void aJobThatFailsForAnotherReasonFailsUnderAnotherId() {
        assertThat(failure(Jobs.scan("a"), "gone", 1)).isNotEqualTo(failure(Jobs.scan("a"), "broken", 1));
    }

    /** Results of trainings and comparisons are written here too. */
    @Test
    void whatIsTooLargeIsToldWithAdviceForScansAlone() {
        assertThatThrownBy(() -> new EventRecords(Jobs.SOURCE, 10).write(Jobs.scan("a")))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.EVENT_TOO_LARGE))
                .hasMessageEndingWith("the limit is 10). If it is a scan's result, ask for fewer classes or outputs.");
    }

    @Test
    void whatIsReadSaysWhenItCameOntoItsTopic() {
        ProducerRecord<byte[], byte[]> written = records.write(Jobs.scan("a"));
        ConsumerRecord<byte[], byte[]> read = new ConsumerRecord<>(
                written.topic(),
                0,
                7,
                1_700_000_000_123L,
                TimestampType.LOG_APPEND_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                written.key(),
                written.value(),
                written.headers(),
                Optional.empty());

        assertThat(records.read(read).appended()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
    }

    private static ScanArrived corrected(ScanArrived scan) {
        return new ScanArrived(
                scan.jobId(),
                new InputReference(URI.create("file:///scans/2"), InputReference.Kind.NIFTI, Optional.empty()),
                scan.model(),
                scan.output());
    }

    private String failure(ScanArrived job, String message, int attempt) {
        Event failed = Jobs.failed(job, new JobException(FailureCode.INPUT_NOT_FOUND, message), attempt);
        return id(records.writeFailure(failed, job));
    }

    private static String id(ProducerRecord<byte[], byte[]> written) {
        return new String(written.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    }
}
