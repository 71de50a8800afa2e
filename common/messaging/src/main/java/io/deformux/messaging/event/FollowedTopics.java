package io.deformux.messaging.event;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Topics that a consumer without a group follows, with the partitions that are added to them. For the consumer's thread.
 *
 * @param consumer whose setting {@code metadata.max.age.ms} should be {@link #METADATA_AGE}
 * @param names of the topics, as the cluster has them
 */
public record FollowedTopics(KafkaConsumer<byte[], byte[]> consumer, List<String> names) {
    /** Partitions that are added are known this much later, at the latest. */
    public static final Duration METADATA_AGE = Duration.ofSeconds(5);

    /**
     * Assigns what has come since the last call, to be read from its beginning.
     *
     * @throws KafkaException if the brokers do not tell
     */
    public void takeAdded() {
        Set<TopicPartition> all = new HashSet<>(consumer.assignment());
        List<TopicPartition> added = names.stream()
                .flatMap(topic -> partitions(topic).stream())
                .filter(all::add)
                .toList();
        if (!added.isEmpty()) {
            consumer.assign(all);
            consumer.seekToBeginning(added);
        }
    }

    /** As the client knows them, which asks the brokers again when what it knows is too old. */
    List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        return found == null
                ? List.of()
                : found.stream()
                        .map(p -> new TopicPartition(topic, p.partition()))
                        .toList();
    }
}
