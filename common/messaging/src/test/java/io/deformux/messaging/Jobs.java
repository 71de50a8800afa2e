package io.deformux.messaging;

import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.cluster.TopicSetup.Topic;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.record.EventRecords;
import io.deformux.messaging.record.RetryRecord;
import io.deformux.schemas.DeadLetterHeaders;
import io.deformux.schemas.Event;
import io.deformux.schemas.Grid;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.LabelVolume;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.RuntimeInfo;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.schemas.Topics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A job topic of a test's own, with a group of the same name, and a look at everything that comes out of it. */
public final class Jobs implements AutoCloseable {
    public static final URI SOURCE = URI.create("urn:deformux:test");

    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final EventRecords records = new EventRecords(SOURCE, 1 << 20);
    private final KafkaConnection connection;
    private final String topic = "jobs-" + UUID.randomUUID();
    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;

    public Jobs(KafkaConnection connection, int partitions) {
        this.connection = connection;
        TopicSetup.create(connection, List.of(new Topic(topic, partitions, Duration.ofHours(1))));
        producer =
                new KafkaProducer<>(connection.client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer());
        admin = Admin.create(connection.client(Map.of()));
    }

    public String topic() {
        return topic;
    }

    public Admin admin() {
        return admin;
    }

    /** Fast retries and a fast take-over. */
    static JobLoopConfig config(String topic) {
        return JobLoopConfig.of(topic, topic, SOURCE)
                .withAttempts(new Attempts(3, Duration.ofMillis(20), Duration.ofMillis(50)))
                .withProgressInterval(Duration.ofMillis(50))
                .withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(3));
    }

    JobLoopConfig config() {
        return config(topic);
    }

    public static ScanArrived scan(String jobId) {
        return new ScanArrived(
                jobId,
                new InputReference(URI.create("file:///scans/1"), InputReference.Kind.NIFTI, Optional.empty()),
                new ModelReference("demo", Optional.empty()),
                URI.create("file:///results/1"));
    }

    public static SegmentationCompleted completed(ScanArrived job) {
        return new SegmentationCompleted(
                job.jobId(),
                DIGEST,
                new ModelVersion("demo", "1.0.0", DIGEST),
                List.of(new OutputFile(
                        URI.create("file:///results/1/labels.nii.gz"), "application/gzip", 10, DIGEST, "labels")),
                List.of(new LabelVolume(1, "organ", 10, 0.5)),
                new Grid(
                        List.of(2, 2, 2),
                        List.of(1.0, 1.0, 1.0),
                        List.of(1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0)),
                Map.of("inference", 5L),
                new RuntimeInfo("cpu", "fp32", "0.1.0"));
    }

    public static SegmentationFailed failed(ScanArrived job, JobException cause, int attempt) {
        return new SegmentationFailed(
                job.jobId(),
                "inference",
                cause.code().name(),
                cause.getMessage(),
                cause.code().retryable(),
                attempt);
    }

    /** Sends a job to a partition; gives its job id. */
    public String send(int partition) throws Exception {
        String jobId = "job-" + UUID.randomUUID();
        send(partition, scan(jobId));
        return jobId;
    }

    public void send(int partition, Event event) throws Exception {
        ProducerRecord<byte[], byte[]> written = records.write(event);
        sendRaw(new ProducerRecord<>(topic, partition, written.key(), written.value(), written.headers()));
    }

    /** Sends a job to the retry topic, to wait for this topic's group or another. */
    void sendWaiting(Event event, String group, RetryRecord.Prior prior, Instant due) throws Exception {
        ProducerRecord<byte[], byte[]> written = records.write(event);
        ConsumerRecord<byte[], byte[]> taken = new ConsumerRecord<>(topic, 0, 7, written.key(), written.value());
        written.headers().forEach(taken.headers()::add);
        sendRaw(RetryRecord.of(Topics.RETRY, taken, group, prior, due, OptionalInt.empty()));
    }

    void sendRaw(ProducerRecord<byte[], byte[]> anything) throws Exception {
        producer.send(anything).get();
    }

    /** All committed results of a job so far, in order. */
    List<Event> results(String jobId) {
        List<Event> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> one : all(Topics.SEGMENTATION_RESULT)) {
            if (new String(one.key(), StandardCharsets.UTF_8).equals(jobId)) {
                found.add(records.read(one).event());
            }
        }
        return found;
    }

    /** All committed dead letters so far that came from this job topic. */
    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return all(Topics.DEAD_LETTER).stream()
                .filter(one -> topic.equals(header(one, DeadLetterHeaders.TOPIC)))
                .toList();
    }

    static String header(ConsumerRecord<byte[], byte[]> one, String name) {
        Header header = one.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** What the group has committed for a partition, or {@code null}. */
    OffsetAndMetadata committed(int partition) throws Exception {
        return admin.listConsumerGroupOffsets(topic)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(new TopicPartition(topic, partition));
    }

    /**
     * Up to the end of the topic, open transactions included, which are waited for: a commit is confirmed before its records
     * can be read.
     */
    private Collection<ConsumerRecord<byte[], byte[]>> all(String name) {
        try (KafkaConsumer<byte[], byte[]> uncommitted = new KafkaConsumer<>(
                        connection.client(Map.of("isolation.level", "read_uncommitted")),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        connection.client(Map.of("isolation.level", "read_committed", "fetch.max.wait.ms", 10)),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(p -> new TopicPartition(name, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = uncommitted.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
            return found;
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        admin.close(Duration.ofSeconds(1));
    }
}
