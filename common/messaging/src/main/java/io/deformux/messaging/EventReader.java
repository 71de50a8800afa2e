package io.deformux.messaging;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all events of some topics, without a consumer group: every reader sees everything, and leaves no trace on the
 * broker. Results of a job appear once its transaction is committed. Records that are no events are logged and left out.
 * For one thread.
 */
public final class EventReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);

    /** Where to begin. */
    public enum From {
        /** With the oldest event that the topic still has. */
        EARLIEST,
        /** With the first event that is sent after the reader was made. */
        NOW
    }

    private final KafkaConnection connection;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final EventRecords records = new EventRecords(URI.create("unused"), Integer.MAX_VALUE);
    private final Queue<ReceivedEvent> waiting = new ArrayDeque<>();

    /**
     * A reader of the topics' present partitions.
     *
     * @throws JobException {@code KAFKA_UNAVAILABLE} if Kafka does not answer within 15 s or lacks one of the topics
     */
    public EventReader(KafkaConnection connection, Collection<String> topics, From from) {
        this.connection = connection;
        Map<String, Object> ours = Map.of(
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false,
                "auto.offset.reset",
                "earliest",
                "default.api.timeout.ms",
                15_000,
                "request.timeout.ms",
                5_000);
        consumer =
                new KafkaConsumer<>(connection.client(ours), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : topics) {
                partitions.addAll(partitions(topic));
            }
            consumer.assign(partitions);
            if (from == From.EARLIEST) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.endOffsets(partitions).forEach(consumer::seek);
            }
        } catch (KafkaException e) {
            consumer.close();
            throw unavailable(e);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new JobException(
                    FailureCode.KAFKA_UNAVAILABLE,
                    "Kafka at " + connection + " has no topic " + topic + "; a worker creates it when it starts.");
        }
        return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
    }

    /** Waits at most {@code timeout} for further events; empty if none came. Events of one key are in order. */
    public List<ReceivedEvent> read(Duration timeout) {
        if (waiting.isEmpty()) {
            poll(timeout);
        }
        List<ReceivedEvent> read = List.copyOf(waiting);
        waiting.clear();
        return read;
    }

    /** Reads on to the first event that fits and leaves the ones after it for the next call; empty if none came in time. */
    public Optional<ReceivedEvent> await(Predicate<ReceivedEvent> fits, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            while (!waiting.isEmpty()) {
                ReceivedEvent event = waiting.remove();
                if (fits.test(event)) {
                    return Optional.of(event);
                }
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            poll(Duration.ofNanos(left));
        }
    }

    private void poll(Duration timeout) {
        try {
            for (ConsumerRecord<byte[], byte[]> kafkaRecord : consumer.poll(timeout)) {
                try {
                    waiting.add(records.read(kafkaRecord));
                } catch (JobException e) {
                    LOG.warn(
                            "{}-{}@{} is left out: {} {}",
                            kafkaRecord.topic(),
                            kafkaRecord.partition(),
                            kafkaRecord.offset(),
                            e.code(),
                            e.getMessage());
                }
            }
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    private JobException unavailable(KafkaException e) {
        return new JobException(
                FailureCode.KAFKA_UNAVAILABLE,
                "Kafka at " + connection + " does not answer as it should: " + e.getMessage(),
                e);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
