package io.deformux.messaging;

import io.deformux.failure.JobException;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How an attempt at a job ended. */
sealed interface AttemptEnd {
    /** The job is done; these records say so. */
    record Succeeded(List<ProducerRecord<byte[], byte[]>> outcome) implements AttemptEnd {}

    /** It failed; the failure's class says what follows. */
    record Failed(JobException cause) implements AttemptEnd {}

    /** Nothing is known of it and nothing to publish: the job is another worker's now, or will be. */
    record GivenBack() implements AttemptEnd {}
}
