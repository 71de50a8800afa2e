package io.deformux.messaging;

import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.Outage;
import io.deformux.messaging.cluster.Refusal;
import io.deformux.messaging.cluster.RefusedRecordException;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.Event;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the progress of the running job, outside any transaction, so that readers see it at once. Best effort: what
 * cannot be sent soon is dropped. For the loop's thread only.
 */
final class ProgressPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressPublisher.class);

    private final KafkaProducer<byte[], byte[]> producer;
    private final EventRecords records;
    private final long intervalNanos;
    private final Outage outage = new Outage(LOG);
    private long next = System.nanoTime();

    ProgressPublisher(KafkaConnection connection, EventRecords records, Duration interval) {
        this.records = records;
        intervalNanos = interval.toNanos();
        Map<String, Object> ours =
                Map.of("linger.ms", 0, "max.block.ms", 500, "request.timeout.ms", 5_000, "delivery.timeout.ms", 5_000);
        producer = new KafkaProducer<>(connection.client(ours), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends the newest progress of a run, if there is any and it is time. */
    void report(JobRun run) {
        if (System.nanoTime() - next >= 0) {
            reportLast(run);
        }
    }

    /** Sends the newest progress of a run that has ended. */
    void reportLast(JobRun run) {
        run.takeProgress().ifPresent(event -> {
            next = System.nanoTime() + intervalNanos;
            send(event);
        });
    }

    private void send(Event event) {
        try {
            producer.send(records.writeOneOfMany(event), (metadata, failure) -> {
                if (failure != null) {
                    dropped(event, failure);
                }
            });
        } catch (KafkaException e) {
            dropped(event, e);
        } catch (JobException e) {
            LOG.warn("Progress of {} was dropped: {}", event.key(), e.getMessage());
        }
    }

    private void dropped(Event event, Exception failure) {
        LOG.debug("Progress of {} was dropped", event.key(), failure);
        outage.refused(
                "progress",
                Refusal.of(new RefusedRecordException(event.topic(), failure), topic -> AclOperation.WRITE));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
