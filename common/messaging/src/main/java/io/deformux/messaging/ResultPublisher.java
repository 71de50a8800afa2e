package io.deformux.messaging;

import static java.util.Map.entry;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.Refusal;
import io.deformux.messaging.cluster.RefusedRecordException;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.job.JobObserver;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes the outcome of a job and moves the group past the job, both or neither.
 *
 * <p>Whatever goes wrong, the producer is thrown away. A new one under the same transactional id ends what the old one
 * left open, and then the group's offset tells whether that had been committed: so an unclear outcome (a commit that
 * timed out) becomes a clear one, and nothing is published twice.
 *
 * <p>For the loop's thread only.
 */
final class ResultPublisher implements AutoCloseable {
    private final Map<String, Object> properties;
    private final Map<Future<RecordMetadata>, String> sent = new LinkedHashMap<>();
    private final JobObserver observer;
    private KafkaProducer<byte[], byte[]> producer;
    /** Whether the group's offset has to be asked for, since nobody knows what became of the last transaction. */
    private boolean unclear;

    private JobObserver.Watched watched = JobObserver.Watched.NONE;

    /** A publisher whose clients nobody watches. */
    ResultPublisher(KafkaConnection connection, JobLoopConfig config) {
        this(connection, config, JobObserver.NONE);
    }

    ResultPublisher(KafkaConnection connection, JobLoopConfig config, JobObserver observer) {
        this.observer = observer;
        int timeout = Math.toIntExact(config.transactionTimeout().toMillis());
        properties = connection.client(Map.ofEntries(
                entry("transactional.id", config.group() + "-" + UUID.randomUUID()),
                entry("transaction.timeout.ms", timeout),
                entry("enable.idempotence", true),
                entry("acks", "all"),
                entry("linger.ms", 0),
                // The transaction before may not have ended everywhere: begun again at once, then ever more rarely.
                entry("retry.backoff.ms", 5),
                // No call outlasts the transaction: the loop comes back to see whether it must stop, and tries again.
                entry("max.block.ms", timeout),
                entry("request.timeout.ms", timeout / 2),
                entry("delivery.timeout.ms", timeout)));
        producer = open();
    }

    /**
     * Publishes {@code records} and commits the offset after {@code offset}, unless an earlier try has already done so.
     *
     * @throws org.apache.kafka.common.KafkaException if it is not known to be published; call again while the partition
     *     is owned
     */
    void publish(
            List<ProducerRecord<byte[], byte[]>> records,
            TopicPartition partition,
            long offset,
            Consumer<byte[], byte[]> consumer) {
        if (producer == null) {
            producer = open();
        }
        if (unclear) {
            OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
            unclear = false;
            if (committed != null && committed.offset() > offset) {
                return;
            }
        }
        try {
            begin(records);
            producer.sendOffsetsToTransaction(
                    Map.of(partition, new OffsetAndMetadata(offset + 1)), consumer.groupMetadata());
            producer.commitTransaction();
        } catch (RuntimeException e) {
            RuntimeException refused = refused().orElse(e);
            close();
            throw refused;
        }
    }

    /** Why a record was not taken, and by which topic: of the transaction one learns only that it has failed. */
    private Optional<RuntimeException> refused() {
        for (Map.Entry<Future<RecordMetadata>, String> each : sent.entrySet()) {
            try {
                if (each.getKey().isDone()) {
                    each.getKey().get();
                }
            } catch (ExecutionException e) {
                if (!Refusal.of(e).passing()) {
                    return Optional.of(new RefusedRecordException(each.getValue(), e.getCause()));
                }
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
        return Optional.empty();
    }

    /** Sends {@code records} in a transaction that stays open. */
    void begin(List<ProducerRecord<byte[], byte[]>> records) {
        if (producer == null) {
            producer = open();
        }
        producer.beginTransaction();
        sent.clear();
        records.forEach(each -> sent.put(producer.send(each), each.topic()));
    }

    private KafkaProducer<byte[], byte[]> open() {
        KafkaProducer<byte[], byte[]> opened =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            opened.initTransactions();
            watched = observer.opened(opened);
            return opened;
        } catch (RuntimeException e) {
            opened.close(Duration.ZERO);
            throw e;
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            watched.close();
            producer.close(Duration.ZERO);
            producer = null;
            unclear = true;
        }
    }
}
