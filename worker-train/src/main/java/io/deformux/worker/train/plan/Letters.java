package io.deformux.worker.train.plan;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.damage.DamagedRecords;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.record.DeadLetters;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dead letters of the plan, of which an observer hears. How large one may be on this cluster is a guess that is halved
 * when Kafka refuses one. For all threads.
 */
final class Letters {
    private static final Logger LOG = LoggerFactory.getLogger(Letters.class);
    private static final int FIRST = 1_000_000;
    /** A letter without its record is smaller. */
    private static final int LAST = 16_000;

    private final JobObserver observer;
    private final AtomicInteger bytes = new AtomicInteger(FIRST);

    /** None yet. */
    Letters(JobObserver observer) {
        this.observer = observer;
    }

    /** The letter for a record, on its way out. */
    Record<byte[], Routed> of(ConsumerRecord<byte[], byte[]> received, JobException reason, long now) {
        tell(received.topic(), reason);
        return Routed.out(DeadLetters.copy(received, reason, 0, bytes.get()), now);
    }

    /** The letter for records that nobody can read, complete. */
    ProducerRecord<byte[], byte[]> of(DamagedRecords damaged) {
        tell(damaged.partition().topic(), new JobException(FailureCode.RECORDS_DAMAGED, damaged.toString()));
        return damaged.letter();
    }

    private void tell(String topic, JobException reason) {
        try {
            observer.refused(topic, reason.code());
        } catch (RuntimeException e) { // whoever counts must not stop planning
            LOG.warn("A dead letter is not counted", e);
        }
    }

    /** The next ones are smaller. */
    void lower() {
        bytes.updateAndGet(limit -> Math.max(LAST, limit / 2));
    }
}
