package io.deformux.messaging.member;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * From which of a member's partitions is fetched: from none while a job is taken, and from none whose next job is not due.
 * For the loop's thread only.
 */
final class OpenPartitions {
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(2);

    private final Consumer<?, ?> consumer;
    private final JobTopics topics;
    private final RetryWaits waits = new RetryWaits(System::nanoTime);

    OpenPartitions(Consumer<?, ?> consumer, JobTopics topics) {
        this.consumer = consumer;
        this.topics = topics;
    }

    void openAll() {
        consumer.resume(due());
    }

    void openOnly(Collection<TopicPartition> some) {
        closeAll();
        consumer.resume(some);
    }

    void openAllBut(TopicPartition one) {
        Set<TopicPartition> others = due();
        others.remove(one);
        consumer.resume(others);
    }

    void closeAll() {
        consumer.pause(consumer.assignment());
    }

    void close(Collection<TopicPartition> some) {
        consumer.pause(some);
    }

    /**
     * Whether the job at {@code offset}, which has {@code left} by its own account, is not due: then it is the next one of its
     * partition again, once it is.
     */
    boolean closeWhileWaiting(TopicPartition partition, long offset, Duration left) {
        if (!waits.goesOn(partition, offset, left)) {
            return false;
        }
        consumer.pause(Set.of(partition));
        consumer.seek(partition, offset);
        return true;
    }

    /** These go to another worker. */
    void forget(Collection<TopicPartition> partitions) {
        waits.forget(partitions);
    }

    /** The numbers of the routine topic's. */
    List<Integer> numbers() {
        return consumer.assignment().stream()
                .filter(partition -> partition.topic().equals(topics.routine()))
                .map(TopicPartition::partition)
                .sorted()
                .toList();
    }

    /**
     * The number of one of a retry topic's, so that a job which waits comes back to what was kept of it; empty if there is
     * none.
     */
    OptionalInt anyOf(String retry) {
        int[] owned = consumer.assignment().stream()
                .filter(partition -> partition.topic().equals(topics.names().of(retry)))
                .mapToInt(TopicPartition::partition)
                .toArray();
        return owned.length == 0
                ? OptionalInt.empty()
                : OptionalInt.of(owned[ThreadLocalRandom.current().nextInt(owned.length)]);
    }

    /** Those from which jobs come that wait for their turn. */
    Set<TopicPartition> routine() {
        Set<TopicPartition> some = due();
        some.removeIf(partition -> topics.isUrgent(partition.topic()));
        return some;
    }

    /** The urgent ones that have something behind what was taken, if only a marker; a request to Kafka. */
    Set<TopicPartition> urgentAhead() {
        Set<TopicPartition> some = due();
        some.removeIf(partition -> !topics.isUrgent(partition.topic()));
        if (some.isEmpty()) {
            return some;
        }
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(some, LOOK_LIMIT);
            some.removeIf(partition -> consumer.position(partition, LOOK_LIMIT) >= ends.get(partition));
            return some;
        } catch (TimeoutException e) {
            return Set.of();
        }
    }

    private Set<TopicPartition> due() {
        return waits.without(consumer.assignment());
    }
}
