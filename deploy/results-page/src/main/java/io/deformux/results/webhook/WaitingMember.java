package io.deformux.results.webhook;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** A member of a group that waits with the record that it has. For one thread. */
final class WaitingMember {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final BooleanSupplier open;

    /** @param open whether there is anything to wait for */
    WaitingMember(Consumer<byte[], byte[]> consumer, BooleanSupplier open) {
        this.consumer = consumer;
        this.open = open;
    }

    /** Waits and takes nothing further; {@code false} if the partition is another member's by then. */
    boolean keeps(TopicPartition partition, Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        while (isOurs(partition) && System.nanoTime() - end < 0) {
            consumer.pause(consumer.assignment());
            giveBack(consumer.poll(POLL));
        }
        consumer.resume(consumer.assignment());
        return isOurs(partition);
    }

    private boolean isOurs(TopicPartition partition) {
        return open.getAsBoolean() && consumer.assignment().contains(partition);
    }

    /** A partition that comes in a poll is not paused yet; what was read of it is read again later. */
    private void giveBack(ConsumerRecords<byte[], byte[]> early) {
        for (TopicPartition partition : early.partitions()) {
            consumer.seek(partition, early.records(partition).get(0).offset());
        }
    }
}
