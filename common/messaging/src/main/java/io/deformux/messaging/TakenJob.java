package io.deformux.messaging;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A record from when it is polled until its outcome is published or it is someone else's. For the loop's thread only. */
final class TakenJob {
    private final ConsumerRecord<byte[], byte[]> kafkaRecord;
    private final TopicPartition partition;
    private int starts;
    private boolean running;
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

    /** Whether the counted start is still open: the job's thread has it, and no outcome is known. */
    boolean isRunning() {
        return running;
    }

    void setRunning(boolean running) {
        this.running = running;
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
