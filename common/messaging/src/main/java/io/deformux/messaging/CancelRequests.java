package io.deformux.messaging;

import static java.util.Map.entry;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.Outage;
import io.deformux.messaging.cluster.Refusal;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.damage.DamagedRecords;
import io.deformux.messaging.job.LastResort;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.JobCancel;
import io.deformux.schemas.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that somebody wants to end, as {@link Topics#JOB_CANCEL} has them. Every worker reads all of it, without a group,
 * on a thread of its own; questions are answered on any thread.
 *
 * <p>A request holds for jobs that were sent before it, so that a job may be sent again after its end, as from the dead
 * letters; and for {@link TopicSetup#CANCELS_KEPT}, also where the topic keeps more. What cannot be read stops no worker;
 * an error on this thread ends the process, which would hear of no request any more.
 */
final class CancelRequests implements AutoCloseable, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CancelRequests.class);
    /** By how much the clock of who asks may be behind that of who sent the job. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration FIRST_READ = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final int MAX_EVENT_BYTES = 64 * 1024;

    private final KafkaConnection connection;
    private final LastResort lastResort;
    private final EventRecords records = new EventRecords(URI.create("unused"), MAX_EVENT_BYTES);
    /** When the end of a job was asked for last, in ms since 1970. */
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    private final CountDownLatch firstRead = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Outage outage = new Outage(LOG);

    CancelRequests(KafkaConnection connection, LastResort lastResort) {
        this.connection = connection;
        this.lastResort = lastResort;
    }

    /** What a job fails of whose end was asked for. */
    static JobException failure() {
        return new JobException(
                FailureCode.JOB_CANCELLED_BY_REQUEST,
                "Somebody asked for the end of this job; send it again to have it.");
    }

    /** Begins to read, and waits a little until what was asked before is known. */
    void start() {
        Thread thread = new Thread(this, "deformux-cancel");
        thread.setDaemon(true);
        thread.start();
        try {
            firstRead.await(FIRST_READ.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the loop learns of it
        }
    }

    /**
     * Whether one of the ids of a job was asked for.
     *
     * @param sent when the job was sent, in ms since 1970; negative: before everything
     */
    boolean askFor(Collection<String> ids, long sent) {
        long oldest = System.currentTimeMillis() - TopicSetup.CANCELS_KEPT.toMillis();
        return ids.stream()
                .map(asked::get)
                .anyMatch(time -> time != null && time >= oldest && sent <= time + SKEW.toMillis());
    }

    @Override
    public void run() {
        while (closed.getCount() > 0) {
            try (KafkaConsumer<byte[], byte[]> consumer = open()) {
                follow(consumer);
            } catch (InterruptException e) {
                return;
            } catch (KafkaException e) {
                outage.refused("Requests to cancel jobs", Refusal.of(e, topic -> AclOperation.READ));
            } catch (RuntimeException e) {
                LOG.error("Requests to cancel jobs are not read for a while", e);
            } catch (Error e) {
                LOG.error("Requests to cancel jobs can no longer be read after an error", e);
                firstRead.countDown();
                lastResort.broken(e);
                throw e;
            }
            firstRead.countDown();
            pause();
        }
    }

    private void pause() {
        try {
            closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }

    private KafkaConsumer<byte[], byte[]> open() {
        return new KafkaConsumer<>(
                connection.client(Map.ofEntries(
                        entry("isolation.level", "read_committed"),
                        entry("enable.auto.commit", false),
                        entry("allow.auto.create.topics", false),
                        entry("auto.offset.reset", "earliest"),
                        entry("default.api.timeout.ms", 10_000),
                        entry("request.timeout.ms", 5_000))),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (closed.getCount() > 0) {
            DamagedRecords.poll(connection, consumer, POLL).forEach(this::take);
            if (firstRead.getCount() > 0 && partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p))) {
                firstRead.countDown();
            }
            if (partitions(consumer).size() > partitions.size()) {
                return; // all anew, with those that were added
            }
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        String topic = connection.topics().of(Topics.JOB_CANCEL);
        List<TopicPartition> found = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (found.isEmpty()) {
            throw new UnknownTopicOrPartitionException(topic);
        }
        return found;
    }

    private void take(ConsumerRecord<byte[], byte[]> one) {
        try {
            if (records.read(one).event() instanceof JobCancel cancel) {
                long time = one.timestamp() < 0 ? System.currentTimeMillis() : one.timestamp();
                asked.merge(cancel.jobId(), time, Math::max);
            }
        } catch (JobException e) {
            LOG.warn("{}-{}@{} is left out: {}", one.topic(), one.partition(), one.offset(), e.code());
        }
        long oldest = System.currentTimeMillis() - TopicSetup.CANCELS_KEPT.toMillis();
        asked.values().removeIf(time -> time < oldest);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
