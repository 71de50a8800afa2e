package io.deformux.messaging.event;

import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.PromptProducer;
import io.deformux.messaging.cluster.Refusal;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.cluster.TopicSetup.Topic;
import io.deformux.messaging.damage.DamagedRecords;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.Event;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what a numbered feed outside Kafka gives, each entry once: events and the place in the feed they came from are one
 * transaction, the place on a compacted topic of its own. Whoever opens the same feed later goes on behind it; an older
 * publisher of that feed is fenced off. One thread.
 */
public final class FeedPublisher implements AutoCloseable {
    /** Where the places of all feeds are kept, by name. */
    public static final String TOPIC = "deformux.feed.position";

    private static final Logger LOG = LoggerFactory.getLogger(FeedPublisher.class);

    /** Beside each place: which publisher, of all that open the feed, has left it there. */
    private static final String BY = "deformux_feed_by";

    private static final int MAX_EVENT_BYTES = 1_000_000;
    private static final Duration POLL = Duration.ofMillis(200);

    /** An open transaction of a dead publisher ends after 10 s, and brokers look for such every 10 s. */
    private static final Duration LONGEST_READ = Duration.ofSeconds(60);

    private final KafkaConnection connection;
    private final EventRecords records;
    private final byte[] feed;
    private final KafkaProducer<byte[], byte[]> producer;
    private final byte[] by;
    /** Empty: the feed has no place yet, which is not the place 0. */
    private OptionalLong place;

    private Optional<String> foundBy = Optional.empty();

    private FeedPublisher(KafkaConnection connection, URI source, String feed, String by) {
        this.connection = connection;
        this.records = new EventRecords(source, MAX_EVENT_BYTES);
        this.feed = feed.getBytes(StandardCharsets.UTF_8);
        this.by = by.getBytes(StandardCharsets.UTF_8);
        this.producer = PromptProducer.open(
                connection, Map.of("transactional.id", "deformux-feed-" + feed, "transaction.timeout.ms", 10_000));
    }

    /** Creates the topic of the places if it is absent; see {@link TopicSetup}. */
    public static void createTopic(KafkaConnection connection) {
        TopicSetup.create(connection, List.of(new Topic(TOPIC, 1, Optional.empty(), true)));
    }

    /**
     * Opens a feed where it was left, or at 0 without a place. Its topic must be there.
     *
     * @param source the CloudEvents source of the events
     * @param feed names the feed among all that this cluster knows
     * @throws JobException {@code KAFKA_UNAVAILABLE}
     */
    public static FeedPublisher open(KafkaConnection connection, URI source, String feed) {
        return open(connection, source, feed, "");
    }

    /** The same that leaves a name beside each place: {@code by}, of whoever publishes. */
    public static FeedPublisher open(KafkaConnection connection, URI source, String feed, String by) {
        FeedPublisher publisher = new FeedPublisher(connection, source, feed, by);
        try {
            publisher.producer.initTransactions(); // before reading: an older publisher can change nothing from now on
            publisher.place = publisher.read();
            return publisher;
        } catch (RuntimeException e) {
            publisher.close();
            throw e instanceof KafkaException kafka ? publisher.unavailable(kafka) : e;
        }
    }

    /**
     * Reads the place, up to the end of the partition as it is now. A transaction of another feed that is open there, of a
     * publisher that died, hides what comes behind it from committed reads until it times out: that is waited for.
     */
    private OptionalLong read() {
        TopicPartition partition = new TopicPartition(connection.topics().of(TOPIC), 0);
        long end = end(partition);
        long deadline = System.nanoTime() + LONGEST_READ.toNanos();
        OptionalLong found = OptionalLong.empty();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < end) {
                if (System.nanoTime() - deadline > 0) {
                    throw new TimeoutException("the places of the feeds could not be read to their end");
                }
                for (ConsumerRecord<byte[], byte[]> one : DamagedRecords.poll(connection, consumer, POLL)) {
                    if (Arrays.equals(one.key(), feed)) {
                        found = place(one, found);
                        foundBy = Optional.ofNullable(one.headers().lastHeader(BY))
                                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return found;
    }

    /** Behind the last record, committed or not. */
    private long end(TopicPartition partition) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted")) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        return new KafkaConsumer<>(
                connection.client(Map.of("isolation.level", isolation)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** A record without a value is how an operator deletes a place; one that is no number was not written by us. */
    private static OptionalLong place(ConsumerRecord<byte[], byte[]> one, OptionalLong before) {
        if (one.value() == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(new String(one.value(), StandardCharsets.UTF_8)));
        } catch (NumberFormatException e) {
            LOG.warn("{}-{}@{} is left out: it is no place in a feed", one.topic(), one.partition(), one.offset());
            return before;
        }
    }

    /** Whether the feed has a place: something was published of it, if only where it begins. */
    public boolean hasBegun() {
        return place.isPresent();
    }

    /** The last entry of the feed that has been published or passed over; 0 if none was. */
    public long position() {
        return place.orElse(0);
    }

    /** Whoever had left the place that was found at the opening; empty where there was none, or nobody said. */
    public Optional<String> foundBy() {
        return foundBy;
    }

    /**
     * Publishes the events of the feed's entries up to {@code upTo}, all or none of them, and remembers the place.
     *
     * @throws JobException {@code KAFKA_UNAVAILABLE} if Kafka does not take them or another publisher has the feed; this
     *     one is to be closed then
     */
    public void publish(List<? extends Event> events, long upTo) {
        // Before the transaction: an event that breaks its schema must not leave one open.
        List<ProducerRecord<byte[], byte[]>> written =
                events.stream().map(records::write).toList();
        try {
            producer.beginTransaction();
            written.forEach(producer::send);
            byte[] reached = Long.toString(upTo).getBytes(StandardCharsets.UTF_8);
            // Partition 0: there it is looked for, whoever made the topic.
            producer.send(new ProducerRecord<>(
                    TOPIC, 0, feed, reached, by.length == 0 ? List.of() : List.of(new RecordHeader(BY, by))));
            producer.commitTransaction();
            place = OptionalLong.of(upTo);
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    private JobException unavailable(KafkaException e) {
        return connection.unavailable(Refusal.of(e, topic -> AclOperation.WRITE));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
