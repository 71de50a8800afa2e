package io.deformux.messaging.deadletter;

import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.Refusal;
import io.deformux.messaging.damage.DamagedRecords;
import io.deformux.messaging.event.FollowedTopics;
import io.deformux.messaging.event.WholeTopic;
import io.deformux.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Follows the dead-letter topic from its beginning, without a consumer group: letters, and what becomes of them, as they
 * come. For one thread.
 */
public final class DeadLetterFeed implements AutoCloseable {
    private final KafkaConnection connection;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final FollowedTopics topics;

    /**
     * What was read: a letter, or what became of one that may have come before.
     *
     * @param id the letter's
     * @param letter all of it; empty: it was read before
     * @param mark what became of it
     */
    public record Entry(String id, Optional<DeadLetter> letter, Optional<DeadLetter.Mark> mark) {}

    /**
     * A feed of the partitions that there are now, and of those that are added.
     *
     * @throws JobException {@code KAFKA_UNAVAILABLE}
     */
    public DeadLetterFeed(KafkaConnection connection) {
        this.connection = connection;
        consumer = WholeTopic.consumer(connection, "read_committed");
        String topic = connection.topics().of(Topics.DEAD_LETTER);
        topics = new FollowedTopics(consumer, List.of(topic));
        try {
            topics.takeAdded();
            if (consumer.assignment().isEmpty()) {
                throw new UnknownTopicOrPartitionException(topic);
            }
        } catch (KafkaException e) {
            consumer.close();
            throw unavailable(e);
        }
    }

    /**
     * Waits at most {@code timeout} for further entries; empty if none came.
     *
     * @throws JobException {@code KAFKA_UNAVAILABLE}
     */
    public List<Entry> read(Duration timeout) {
        try {
            topics.takeAdded();
            List<Entry> read = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> one : DamagedRecords.poll(connection, consumer, timeout)) {
                read.add(entry(one));
            }
            return read;
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    private static Entry entry(ConsumerRecord<byte[], byte[]> one) {
        return DeadLetter.markedBy(one)
                .map(id -> new Entry(id, Optional.empty(), Optional.of(DeadLetter.mark(one))))
                .orElseGet(() -> new Entry(
                        DeadLetter.id(one), Optional.of(DeadLetter.of(one, Optional.empty())), Optional.empty()));
    }

    private JobException unavailable(KafkaException e) {
        return connection.unavailable(Refusal.of(e, any -> AclOperation.READ));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
