package io.deformux.messaging.damage;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.record.DeadLetters;
import io.deformux.schemas.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that the broker's disk has damaged: their checksum is wrong, so nobody can read them, and a consumer does not get
 * past them by itself.
 *
 * @param partition where they are
 * @param from the first one's offset
 * @param end the offset behind the last one
 */
public record DamagedRecords(TopicPartition partition, long from, long end) {
    /** Offsets that are tried at once; what is behind them comes next. */
    private static final int MOST = 10_000;

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(DamagedRecords.class);

    /** Whether that is what a consumer may have met: it has no exception of its own for it. */
    public static boolean mayBe(KafkaException thrown) {
        return thrown.getClass() == KafkaException.class;
    }

    /** A consumer's next records, from its client. */
    public interface Poll {
        ConsumerRecords<byte[], byte[]> next();
    }

    /**
     * The next records of a consumer, which goes on behind damaged ones: then there are none this time.
     *
     * @param told hears what is passed over, before it is
     */
    public static ConsumerRecords<byte[], byte[]> passing(
            KafkaConnection connection,
            Consumer<byte[], byte[]> consumer,
            Poll poll,
            java.util.function.Consumer<DamagedRecords> told) {
        try {
            return poll.next();
        } catch (KafkaException e) {
            Optional<DamagedRecords> found = mayBe(e) ? find(connection, consumer) : Optional.empty();
            DamagedRecords damaged = found.orElseThrow(() -> e);
            told.accept(damaged);
            consumer.seek(damaged.partition(), damaged.end());
            return ConsumerRecords.empty();
        }
    }

    /** {@link #passing(KafkaConnection, Consumer, Poll, java.util.function.Consumer)} of a reader that says so in its log. */
    public static ConsumerRecords<byte[], byte[]> poll(
            KafkaConnection connection, Consumer<byte[], byte[]> consumer, Duration limit) {
        return passing(connection, consumer, () -> consumer.poll(limit), damaged -> LOG.error("{}", damaged));
    }

    /** The first that are damaged where a consumer reads on; empty if all can be read. */
    public static Optional<DamagedRecords> find(KafkaConnection connection, Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            positions.put(partition, consumer.position(partition, LIMIT));
        }
        return find(connection, positions);
    }

    /**
     * The first that are damaged at one of some positions. A client of its own tries offset after offset, so that none is
     * passed over that can be read.
     */
    private static Optional<DamagedRecords> find(KafkaConnection connection, Map<TopicPartition, Long> positions) {
        try (KafkaConsumer<byte[], byte[]> probe = new KafkaConsumer<>(
                connection.client(Map.of(
                        "isolation.level",
                        "read_committed",
                        "max.poll.records",
                        1,
                        "fetch.max.wait.ms",
                        100,
                        "auto.offset.reset",
                        "none",
                        "allow.auto.create.topics",
                        false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> ends = probe.endOffsets(positions.keySet(), LIMIT);
            return positions.entrySet().stream()
                    .filter(each -> each.getValue() < ends.get(each.getKey()))
                    .flatMap(each -> find(probe, each.getKey(), each.getValue(), ends.get(each.getKey())).stream())
                    .findFirst();
        }
    }

    private static Optional<DamagedRecords> find(
            KafkaConsumer<byte[], byte[]> probe, TopicPartition partition, long from, long behindAll) {
        long end = from;
        while (end < behindAll && end - from < MOST && isDamaged(probe, partition, end)) {
            end++;
        }
        return end == from ? Optional.empty() : Optional.of(new DamagedRecords(partition, from, end));
    }

    private static boolean isDamaged(KafkaConsumer<byte[], byte[]> probe, TopicPartition partition, long offset) {
        probe.assign(Set.of(partition));
        probe.seek(partition, offset);
        long limit = System.nanoTime() + LIMIT.toNanos();
        try {
            while (probe.position(partition) == offset && System.nanoTime() - limit < 0) {
                probe.poll(Duration.ofMillis(100));
            }
            return false;
        } catch (KafkaException e) {
            if (mayBe(e)) {
                return true;
            }
            throw e;
        }
    }

    /** The letter that stands for all of them: they have no bytes to keep. */
    public ProducerRecord<byte[], byte[]> letter() {
        ProducerRecord<byte[], byte[]> letter = DeadLetters.copy(
                new ConsumerRecord<>(partition.topic(), partition.partition(), from, null, null),
                new JobException(FailureCode.RECORDS_DAMAGED, toString()));
        letter.headers().add(DeadLetterHeaders.CUT, "value,headers,key".getBytes(StandardCharsets.UTF_8));
        return letter;
    }

    /** Which they are, for a person. */
    @Override
    public String toString() {
        return "The records at offsets " + from + " to " + (end - 1) + " of " + partition
                + " are damaged on the broker's disk and passed over; send their events again.";
    }
}
