package io.deformux.messaging;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record from when it is polled until its outcome is published or it is someone else's: how often the job was started,
 * whether it has begun here, and whether it is still ours. For the loop's thread only.
 */
final class TakenJob {
    private final ConsumerRecord<byte[], byte[]> kafkaRecord;
    private final TopicPartition partition;
    private int starts;
    private boolean started;
    private Optional<NextJob> preparation = Optional.empty();
    private boolean lost;

    TakenJob(ConsumerRecord<byte[], byte[]> kafkaRecord) {
        this.kafkaRecord = kafkaRecord;
        this.partition = new TopicPartition(kafkaRecord.topic(), kafkaRecord.partition());
    }

    ConsumerRecord<byte[], byte[]> kafkaRecord() {
        return kafkaRecord;
    }

    TopicPartition partition() {
        return partition;
    }

    long offset() {
        return kafkaRecord.offset();
    }

    /** How often the job was started, by anyone, this worker's counted start included. */
    int starts() {
        return starts;
    }

    void setStarts(int starts) {
        this.starts = starts;
    }

    /** A start of the job is counted as number {@code starts}, and open until {@link #endStart}. */
    void start(int starts) {
        this.starts = starts;
        started = true;
    }

    /** Whether a counted start is still open: the job or its first part runs here, and no outcome is known. */
    boolean isStarted() {
        return started;
    }

    /** Its first part, which has begun with its start. */
    void setPreparation(NextJob preparation) {
        this.preparation = Optional.of(preparation);
    }

    /** The first part of the open start, if that has begun apart. */
    Optional<NextJob> preparation() {
        return preparation;
    }

    /** The open start is over. Nothing is left of its first part. */
    void endStart() {
        started = false;
        preparation.ifPresent(NextJob::discard);
        preparation = Optional.empty();
    }

    /** Whether the partition went to another worker; stays so even if it comes back. */
    boolean isLost() {
        return lost;
    }

    void lose() {
        lost = true;
    }

    /** Names the record, not its content. */
    @Override
    public String toString() {
        return partition + "@" + offset();
    }
}
