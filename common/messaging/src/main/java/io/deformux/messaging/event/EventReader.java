package io.deformux.messaging.event;

import static java.util.Map.entry;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.Refusal;
import io.deformux.messaging.damage.DamagedRecords;
import io.deformux.messaging.record.EventRecords;
import io.deformux.messaging.record.ReceivedEvent;
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
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
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

    private static final Duration STEP = Duration.ofSeconds(1);

    private final KafkaConnection connection;
    private final FollowedTopics topics;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final EventRecords records = new EventRecords(URI.create("unused"), Integer.MAX_VALUE);
    private final Queue<ReceivedEvent> waiting = new ArrayDeque<>();

    /**
     * A reader of the topics' partitions: those of now, and those that are added, from their beginning.
     *
     * @throws JobException {@code KAFKA_UNAVAILABLE} if Kafka does not answer within 15 s or lacks one of the topics
     */
    public EventReader(KafkaConnection connection, Collection<String> topics, From from) {
        this.connection = connection;
        consumer = open(connection);
        this.topics = new FollowedTopics(
                consumer, topics.stream().map(connection.topics()::of).toList());
        try {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : this.topics.names()) {
                partitions.addAll(present(topic));
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

    private static KafkaConsumer<byte[], byte[]> open(KafkaConnection connection) {
        Map<String, Object> ours = Map.ofEntries(
                entry("isolation.level", "read_committed"),
                entry("enable.auto.commit", false),
                entry("allow.auto.create.topics", false),
                entry("auto.offset.reset", "earliest"),
                entry("metadata.max.age.ms", Math.toIntExact(FollowedTopics.METADATA_AGE.toMillis())),
                entry("default.api.timeout.ms", 15_000),
                entry("request.timeout.ms", 5_000));
        try {
            return new KafkaConsumer<>(
                    connection.client(ours), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw connection.unavailable(e);
        }
    }

    private List<TopicPartition> present(String topic) {
        List<TopicPartition> found = topics.partitions(topic);
        if (found.isEmpty()) {
            throw new JobException(
                    FailureCode.KAFKA_UNAVAILABLE,
                    "Kafka at " + connection + " has no topic " + topic + "; a worker creates it when it starts.");
        }
        return found;
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

    /** Until records have come or time is up; in short steps, so that partitions which are added come in between. */
    private void poll(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        do {
            long left = Math.max(0, end - System.nanoTime());
            pollOnce(left < STEP.toNanos() ? Duration.ofNanos(left) : STEP);
        } while (waiting.isEmpty() && System.nanoTime() - end < 0);
    }

    private void pollOnce(Duration timeout) {
        try {
            topics.takeAdded();
            for (ConsumerRecord<byte[], byte[]> kafkaRecord : DamagedRecords.poll(connection, consumer, timeout)) {
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
        return connection.unavailable(Refusal.of(e, topic -> AclOperation.READ));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
