package io.deformux.messaging.member;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the group past what is no job: the marker that ends a transaction has an offset, and so has what was aborted. Without
 * that a group that has done everything seems to be behind for ever, and an autoscaler never takes its workers away.
 *
 * <p>Only while no job is taken: then a consumer's position is behind the last record whose outcome is published, and
 * before the next one. So an offset with a count of starts is never passed before its job is done. For the loop's thread.
 */
final class PassedMarkers {
    private static final Logger LOG = LoggerFactory.getLogger(PassedMarkers.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Consumer<?, ?> consumer;
    /** Where the group is at least; absent for a partition that is new here. */
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    PassedMarkers(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** Commits the positions that are ahead of the group; if that fails, the next call tries again. */
    void pass() {
        try {
            learn();
            Map<TopicPartition, OffsetAndMetadata> ahead = ahead();
            if (!ahead.isEmpty()) {
                consumer.commitSync(ahead, LIMIT);
                ahead.forEach((partition, offset) -> committed.put(partition, offset.offset()));
            }
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.debug("The group is not moved past markers now", e);
        }
    }

    /** These go to another worker. */
    void forget(Collection<TopicPartition> partitions) {
        committed.keySet().removeAll(partitions);
    }

    private void learn() {
        Set<TopicPartition> unknown = new HashSet<>(consumer.assignment());
        unknown.removeAll(committed.keySet());
        if (!unknown.isEmpty()) {
            consumer.committed(unknown, LIMIT)
                    .forEach((partition, offset) -> committed.put(partition, offset == null ? 0 : offset.offset()));
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> ahead() {
        Map<TopicPartition, OffsetAndMetadata> ahead = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong position = position(partition);
            Optional<Long> known = Optional.ofNullable(committed.get(partition));
            if (position.isPresent() && known.isPresent() && position.getAsLong() > known.get()) {
                ahead.put(partition, new OffsetAndMetadata(position.getAsLong()));
            }
        }
        return ahead;
    }

    /** Empty where it is not known yet; not waited for. */
    private OptionalLong position(TopicPartition partition) {
        try {
            return OptionalLong.of(consumer.position(partition, Duration.ZERO));
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        }
    }
}
