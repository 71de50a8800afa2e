package io.deformux.standalone.check.cluster;

import io.deformux.messaging.cluster.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Counts records by reading them, without a group: the markers that end transactions have offsets too, so a group that
 * has done everything can still seem to be behind.
 */
final class WaitingRecords {
    /** More are not worth the reading: then jobs do wait, and few of the offsets are markers. */
    private static final long MOST = 1_000;

    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConnection connection;

    WaitingRecords(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * Some of a partition.
     *
     * @param partition of a topic
     * @param from the first offset
     * @param to behind the last one
     */
    record Stretch(TopicPartition partition, long from, long to) {
        long length() {
            return to - from;
        }
    }

    /** How many records are in there; empty if they are many, cannot be read, or time is up. */
    OptionalLong count(List<Stretch> stretches, Duration left) {
        List<Stretch> some =
                stretches.stream().filter(stretch -> stretch.length() > 0).toList();
        if (some.isEmpty()) {
            return OptionalLong.of(0);
        }
        if (some.stream().mapToLong(Stretch::length).sum() > MOST) {
            return OptionalLong.empty();
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return count(consumer, some, left.compareTo(LONGEST) < 0 ? left : LONGEST);
        } catch (KafkaException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong count(
            KafkaConsumer<byte[], byte[]> consumer, List<Stretch> stretches, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        Map<TopicPartition, Long> ends = new HashMap<>();
        stretches.forEach(stretch -> ends.put(stretch.partition(), stretch.to()));
        consumer.assign(ends.keySet());
        stretches.forEach(stretch -> consumer.seek(stretch.partition(), stretch.from()));
        long count = 0;
        while (ends.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
            if (System.nanoTime() - end > 0) {
                return OptionalLong.empty();
            }
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                if (each.offset() < ends.get(new TopicPartition(each.topic(), each.partition()))) {
                    count++;
                }
            }
        }
        return OptionalLong.of(count);
    }

    /** When the oldest record in there was sent, in ms since 1970; empty if there is none or it cannot be read in time. */
    OptionalLong oldest(List<Stretch> stretches, Duration left) {
        List<Stretch> some =
                stretches.stream().filter(stretch -> stretch.length() > 0).toList();
        if (some.isEmpty()) {
            return OptionalLong.empty();
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return oldest(consumer, some, left.compareTo(LONGEST) < 0 ? left : LONGEST);
        } catch (KafkaException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong oldest(
            KafkaConsumer<byte[], byte[]> consumer, List<Stretch> stretches, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        Set<TopicPartition> open = stretches.stream().map(Stretch::partition).collect(Collectors.toSet());
        consumer.assign(open);
        stretches.forEach(stretch -> consumer.seek(stretch.partition(), stretch.from()));
        OptionalLong oldest = OptionalLong.empty();
        while (!open.isEmpty() && System.nanoTime() - end < 0) {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(each.topic(), each.partition());
                if (open.remove(partition) && each.timestamp() >= 0) {
                    oldest = OptionalLong.of(Math.min(oldest.orElse(Long.MAX_VALUE), each.timestamp()));
                }
                consumer.pause(Set.of(partition));
            }
            stretches.forEach(stretch -> {
                if (consumer.position(stretch.partition()) >= stretch.to()) {
                    open.remove(stretch.partition());
                }
            });
        }
        return oldest;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                connection.client(Map.of(
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "allow.auto.create.topics",
                        false,
                        "auto.offset.reset",
                        "none",
                        "default.api.timeout.ms",
                        3_000,
                        "request.timeout.ms",
                        2_000)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
