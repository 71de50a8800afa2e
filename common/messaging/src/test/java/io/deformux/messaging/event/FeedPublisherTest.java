package io.deformux.messaging.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.Jobs;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.schemas.Topics;
import io.deformux.testing.server.KafkaFixture;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A feed is published once, entry by entry, whoever dies in between. */
@Timeout(60)
class FeedPublisherTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, kafka -> {
        TopicSetup.create(kafka);
        FeedPublisher.createTopic(kafka);
    });

    private static final URI SOURCE = URI.create("/test/feed");

    private final String feed = "feed-" + UUID.randomUUID();

    @Test
    void goesOnBehindTheLastPublishedEntry() {
        String jobId = "job-" + UUID.randomUUID();
        try (EventReader reader = new EventReader(KAFKA.connection(), List.of(Topics.SCAN_ARRIVED), From.NOW)) {
            try (FeedPublisher publisher = open(feed)) {
                assertThat(publisher.hasBegun()).isFalse();
                assertThat(publisher.position()).isZero();
                publisher.publish(List.of(Jobs.scan(jobId)), 7);
                publisher.publish(List.of(), 9);
            }
            try (FeedPublisher publisher = open(feed)) {
                assertThat(publisher.position()).isEqualTo(9);
            }
            assertThat(reader.await(e -> e.event().key().equals(jobId), Duration.ofSeconds(20)))
                    .isPresent();
        }
        try (FeedPublisher other = open(feed + "-other")) {
            assertThat(other.position()).isZero();
        }
    }

    @Test
    void anEventThatBreaksItsSchemaIsRefusedAndLeavesThePublisherUsable() {
        try (FeedPublisher publisher = open(feed)) {
            assertThatExceptionOfType(JobException.class)
                    .isThrownBy(() -> publisher.publish(List.of(Jobs.scan("no such id!")), 1))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.INTERNAL));
            publisher.publish(List.of(), 2);
            assertThat(publisher.position()).isEqualTo(2);
        }
    }

    @Test
    void anOlderPublisherOfTheSameFeedIsFencedOff() {
        try (FeedPublisher old = open(feed);
                FeedPublisher current = open(feed)) {
            assertThatExceptionOfType(JobException.class)
                    .isThrownBy(() -> old.publish(List.of(Jobs.scan("late")), 1))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.KAFKA_UNAVAILABLE));
            current.publish(List.of(), 2);
            assertThat(current.position()).isEqualTo(2);
        }
    }

    @Test
    void aPlaceSaysWhoHasLeftItThere() {
        try (FeedPublisher first = FeedPublisher.open(KAFKA.connection(), SOURCE, feed, "first")) {
            assertThat(first.foundBy()).isEmpty();
            first.publish(List.of(), 1);
        }
        try (FeedPublisher second = FeedPublisher.open(KAFKA.connection(), SOURCE, feed, "second")) {
            assertThat(second.foundBy()).contains("first");
            second.publish(List.of(), 2);
        }
        try (FeedPublisher nameless = open(feed)) {
            assertThat(nameless.foundBy()).contains("second");
            nameless.publish(List.of(), 3);
        }
        try (FeedPublisher last = open(feed)) {
            assertThat(last.foundBy()).isEmpty();
        }
    }

    @Test
    void anotherFeedThatDiedInItsTransactionHidesNothing() {
        try (FeedPublisher publisher = open(feed)) {
            publisher.publish(List.of(), 4);
        }
        KafkaProducer<byte[], byte[]> dead = producer(feed + "-dead");
        dead.initTransactions();
        dead.beginTransaction();
        dead.send(new ProducerRecord<>(FeedPublisher.TOPIC, new byte[] {1}, new byte[] {'7'}));
        dead.flush();
        try (FeedPublisher publisher = open(feed)) {
            publisher.publish(List.of(), 9); // behind the open transaction
        }
        try (FeedPublisher publisher = open(feed)) {
            assertThat(publisher.position()).isEqualTo(9);
        } finally {
            dead.close(Duration.ZERO);
        }
    }

    @Test
    void aPlaceThatWasDeletedIsTheStart() {
        try (FeedPublisher publisher = open(feed)) {
            publisher.publish(List.of(), 4);
        }
        try (KafkaProducer<byte[], byte[]> operator = producer(feed + "-operator")) {
            operator.initTransactions();
            operator.beginTransaction();
            operator.send(new ProducerRecord<>(FeedPublisher.TOPIC, feed.getBytes(StandardCharsets.UTF_8), null));
            operator.commitTransaction();
        }
        try (FeedPublisher publisher = open(feed)) {
            assertThat(publisher.hasBegun()).isFalse();
            assertThat(publisher.position()).isZero();
        }
    }

    @Test
    void thePlaceZeroIsAPlace() {
        try (FeedPublisher publisher = open(feed)) {
            publisher.publish(List.of(), 0);
        }
        try (FeedPublisher publisher = open(feed)) {
            assertThat(publisher.hasBegun()).isTrue();
            assertThat(publisher.position()).isZero();
        }
    }

    @Test
    void whatIsNoPlaceIsLeftOut() {
        try (FeedPublisher publisher = open(feed)) {
            publisher.publish(List.of(), 4);
        }
        try (KafkaProducer<byte[], byte[]> stranger = producer(feed + "-stranger")) {
            stranger.initTransactions();
            stranger.beginTransaction();
            byte[] key = feed.getBytes(StandardCharsets.UTF_8);
            stranger.send(new ProducerRecord<>(FeedPublisher.TOPIC, key, new byte[0]));
            stranger.send(new ProducerRecord<>(FeedPublisher.TOPIC, key, new byte[] {'x'}));
            stranger.commitTransaction();
        }
        try (FeedPublisher publisher = open(feed)) {
            assertThat(publisher.position()).isEqualTo(4);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String id) {
        return new KafkaProducer<>(
                KAFKA.connection().client(Map.of("transactional.id", id, "transaction.timeout.ms", 10_000)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static FeedPublisher open(String feed) {
        return FeedPublisher.open(KAFKA.connection(), SOURCE, feed);
    }
}
