package io.deformux.messaging.event;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.damage.DamagedRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning to its end as it is now, whatever its records hold. */
public final class WholeTopic {
    private static final Duration POLL = Duration.ofMillis(200);

    /** An open transaction of somebody who died hides what is behind it until it times out. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private WholeTopic() {}

    /**
     * Hands over every committed record.
     *
     * @throws JobException KAFKA_UNAVAILABLE
     */
    public static void read(
            KafkaConnection connection, String ofContract, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        String topic = connection.topics().of(ofContract);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(connection, "read_committed")) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
            Map<TopicPartition, Long> ends = ends(connection, partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long last = System.nanoTime();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> one : DamagedRecords.poll(connection, consumer, POLL)) {
                    each.accept(one);
                    last = System.nanoTime();
                }
                if (System.nanoTime() - last > LONGEST_WAIT.toNanos()) {
                    throw new TimeoutException("the topic could not be read to its end");
                }
            }
        } catch (KafkaException e) {
            throw new JobException(
                    FailureCode.KAFKA_UNAVAILABLE,
                    "Kafka at " + connection + " does not give " + topic + ": " + e.getMessage(),
                    e);
        }
    }

    private static Map<TopicPartition, Long> ends(KafkaConnection connection, Collection<TopicPartition> partitions) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(connection, "read_uncommitted")) {
            return consumer.endOffsets(partitions);
        }
    }

    /** A consumer of no group; nothing is assigned to it. */
    public static KafkaConsumer<byte[], byte[]> consumer(KafkaConnection connection, String isolation) {
        return new KafkaConsumer<>(
                connection.client(Map.of(
                        "isolation.level",
                        isolation,
                        "enable.auto.commit",
                        false,
                        "allow.auto.create.topics",
                        false,
                        "metadata.max.age.ms",
                        Math.toIntExact(FollowedTopics.METADATA_AGE.toMillis()),
                        "default.api.timeout.ms",
                        15_000,
                        "request.timeout.ms",
                        5_000)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
