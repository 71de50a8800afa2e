package io.deformux.messaging.member;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Partitions of the retry topic whose next job is not due yet. For the loop's thread only. */
final class RetryWaits {
    private final Map<TopicPartition, Instant> due = new HashMap<>();

    void add(TopicPartition partition, Instant until) {
        due.put(partition, until);
    }

    void forget(Collection<TopicPartition> partitions) {
        due.keySet().removeAll(partitions);
    }

    /** Which of {@code partitions} may be fetched from now. */
    Set<TopicPartition> without(Collection<TopicPartition> partitions, Instant now) {
        due.values().removeIf(until -> !until.isAfter(now));
        Set<TopicPartition> others = new HashSet<>(partitions);
        others.removeAll(due.keySet());
        return others;
    }
}
