package io.deformux.results.webhook;

import static java.util.Map.entry;

import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.damage.DamagedRecords;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.Topics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts every result of a scan, one after the other, from the oldest that its group has not had. A result that is not taken
 * holds up those behind it while it is tried again, ever more rarely; in the end it is passed over, with a line in the log.
 * One thread of its own.
 */
public final class Webhooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final KafkaConnection kafka;
    private final WebhookConfig config;
    private final WebhookObserver observer;
    private final Receiver receiver;
    private final EventRecords records = new EventRecords(URI.create("unused"), Integer.MAX_VALUE);
    private final EventCodec codec = new EventCodec();
    private final Thread thread = new Thread(this::run, "results-webhook");
    private final CountDownLatch closing = new CountDownLatch(1);

    private Webhooks(KafkaConnection kafka, WebhookConfig config, WebhookObserver observer) {
        this.kafka = kafka;
        this.config = config;
        this.observer = observer;
        this.receiver = new Receiver(config);
    }

    /** Starts to post, and tells {@code observer}. */
    public static Webhooks start(KafkaConnection kafka, WebhookConfig config, WebhookObserver observer) {
        Webhooks webhooks = new Webhooks(kafka, config, observer);
        webhooks.thread.start();
        return webhooks;
    }

    /** Whether it still posts, or waits to. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    private void run() {
        while (isOpen()) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
                consumer.subscribe(List.of(kafka.topics().of(Topics.SEGMENTATION_RESULT)));
                while (isOpen()) {
                    for (ConsumerRecord<byte[], byte[]> one : DamagedRecords.poll(kafka, consumer, POLL)) {
                        deliver(consumer, one);
                    }
                }
            } catch (InterruptException | InterruptedException e) {
                closing.countDown();
            } catch (KafkaException e) {
                LOG.warn("{}", kafka.unavailable(e).getMessage());
                pause();
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                kafka.client(Map.ofEntries(
                        entry("group.id", config.group()),
                        entry("isolation.level", "read_committed"),
                        entry("enable.auto.commit", false),
                        entry("auto.offset.reset", "earliest"),
                        entry("allow.auto.create.topics", false),
                        entry("max.poll.records", 1))),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private void deliver(KafkaConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> one)
            throws InterruptedException {
        TopicPartition partition = new TopicPartition(one.topic(), one.partition());
        WaitingMember member = new WaitingMember(consumer, this::isOpen);
        Optional<byte[]> body = body(one);
        for (int tries = 1; body.isPresent(); tries++) {
            Optional<String> fault = receiver.send(body.get());
            if (fault.isEmpty()) {
                observer.taken();
                break;
            }
            observer.refused();
            LOG.warn("{} did not take a result, try {} of {}: {}", config, tries, config.tries(), fault.get());
            if (tries == config.tries()) {
                observer.passedOver();
                LOG.error("{}-{}@{} is passed over", one.topic(), one.partition(), one.offset());
                break;
            }
            if (!member.keeps(partition, config.waits().delay(tries))) {
                return;
            }
        }
        consumer.commitSync(Map.of(partition, new OffsetAndMetadata(one.offset() + 1)));
    }

    private Optional<byte[]> body(ConsumerRecord<byte[], byte[]> one) {
        try {
            return Optional.of(codec.toJsonLine(records.read(one).envelope()).getBytes(StandardCharsets.UTF_8));
        } catch (JobException e) {
            LOG.warn("{}-{}@{} is left out: {}", one.topic(), one.partition(), one.offset(), e.code());
            return Optional.empty();
        }
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void pause() {
        try {
            closing.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    /** Ends the thread, within the seconds that a receiver may take to answer. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
