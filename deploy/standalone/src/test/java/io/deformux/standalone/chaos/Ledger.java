package io.deformux.standalone.chaos;

import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.DeadLetterHeaders;
import io.deformux.schemas.Event;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.Topics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What was sent, and what came of it, as a reader with {@code read_committed} sees it. For one thread. */
final class Ledger implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(100);

    private final EventRecords records = new EventRecords(URI.create("/chaos"), 1 << 20);
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> outcomes;
    private final Map<String, List<Event>> results = new HashMap<>();
    private final Map<String, Long> resultTimes = new HashMap<>();
    private final Map<String, List<String>> letters = new HashMap<>();
    private final Map<String, Sent> sent = new LinkedHashMap<>();

    /**
     * A record that was sent.
     *
     * @param key tells it from all others; the job's id if it asks for one
     * @param kind what it is
     * @param place where it is, once Kafka has it
     */
    record Sent(String key, RecordKind kind, Future<RecordMetadata> place) {}

    Ledger(String bootstrapServers) {
        Map<String, Object> usual = Map.of("bootstrap.servers", bootstrapServers);
        Map<String, Object> sending = new HashMap<>(usual);
        sending.putAll(Map.of("linger.ms", 0, "compression.type", "gzip", "max.request.size", 4 << 20));
        producer = new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer());
        Map<String, Object> reading = new HashMap<>(usual);
        reading.putAll(Map.of(
                "isolation.level", "read_committed", "auto.offset.reset", "earliest", "enable.auto.commit", false));
        consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        outcomes = Stream.of(Topics.SEGMENTATION_RESULT, Topics.DEAD_LETTER)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(outcomes);
        consumer.seekToBeginning(outcomes);
    }

    /** Sends a record of that kind that is made of a good job's; does not wait. */
    Sent send(ScanArrived job, RecordKind kind, int partition) {
        Sent made = new Sent(job.jobId(), kind, producer.send(kind.of(records.write(job), partition)));
        sent.put(made.key(), made);
        return made;
    }

    /** Reads what comes, for that long. */
    void read(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        do {
            poll();
        } while (System.nanoTime() - end < 0);
    }

    /** Reads until all of these have an outcome; those that have none in time are given back. */
    List<Sent> awaitOutcomes(Collection<Sent> some, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        List<Sent> open = open(some);
        while (!open.isEmpty() && System.nanoTime() - end < 0) {
            poll();
            open = open(open);
        }
        return open;
    }

    /** Reads on for a while, then to the end of what is committed by then. */
    void readToTheEnd() {
        read(Duration.ofSeconds(1));
        Map<TopicPartition, Long> ends = consumer.endOffsets(outcomes);
        while (outcomes.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            poll();
        }
    }

    List<Sent> open(Collection<Sent> some) {
        return some.stream().filter(one -> outcomes(one) == 0).toList();
    }

    /** How many results a job has, or how many letters what is none. */
    int outcomes(Sent one) {
        return one.kind().isJob()
                ? results.getOrDefault(one.key(), List.of()).size()
                : letters.getOrDefault(place(one), List.of()).size();
    }

    /** When the last of these had its first result ({@link System#nanoTime}); letters do not count. */
    long lastResult(Collection<Sent> some) {
        return some.stream()
                .filter(one -> resultTimes.containsKey(one.key()))
                .mapToLong(one -> resultTimes.get(one.key()))
                .max()
                .orElseThrow();
    }

    Collection<Sent> all() {
        return sent.values();
    }

    /** Results and letters of what was never sent or has its outcome elsewhere. */
    List<String> unexpected() {
        List<String> found = new ArrayList<>();
        Map<String, Sent> byPlace = new HashMap<>();
        sent.values().forEach(one -> byPlace.put(place(one), one));
        results.keySet().stream()
                .filter(key -> !sent.containsKey(key) || !sent.get(key).kind().isJob())
                .forEach(key -> found.add("a result of " + key));
        letters.forEach((place, codes) -> {
            if (!byPlace.containsKey(place) || byPlace.get(place).kind().isJob()) {
                found.add("a letter of " + place + ": " + codes);
            }
        });
        return found;
    }

    /** All results that tell of outputs. */
    List<SegmentationCompleted> completed() {
        return results.values().stream()
                .flatMap(List::stream)
                .filter(SegmentationCompleted.class::isInstance)
                .map(SegmentationCompleted.class::cast)
                .toList();
    }

    private void poll() {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(STEP)) {
            if (one.topic().equals(Topics.DEAD_LETTER)) {
                String place = header(one, DeadLetterHeaders.TOPIC) + "-" + header(one, DeadLetterHeaders.PARTITION)
                        + "@" + header(one, DeadLetterHeaders.OFFSET);
                letters.computeIfAbsent(place, unused -> new ArrayList<>()).add(header(one, DeadLetterHeaders.CODE));
            } else {
                Event event = records.read(one).event();
                results.computeIfAbsent(event.key(), unused -> new ArrayList<>())
                        .add(event);
                resultTimes.putIfAbsent(event.key(), System.nanoTime());
            }
        }
    }

    /** Where it was sent to. */
    String topic(Sent one) {
        return metadata(one).topic();
    }

    private static String place(Sent one) {
        RecordMetadata at = metadata(one);
        return at.topic() + "-" + at.partition() + "@" + at.offset();
    }

    private static RecordMetadata metadata(Sent one) {
        try {
            return one.place().get();
        } catch (Exception e) {
            throw new IllegalStateException(one.key() + " (" + one.kind() + ") could not be sent", e);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> one, String name) {
        return new String(one.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
        consumer.close();
    }
}
