package io.deformux.results.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.messaging.cluster.Backoff;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.results.Told;
import io.deformux.testing.server.KafkaFixture;
import io.deformux.testing.server.LoopbackServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results as signed posts. */
class WebhooksTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Backoff SOON = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));
    private static final String SECRET = "the secret of this webhook";

    private final Counts counts = new Counts();

    @Test
    void aResultIsPostedWithASignatureThatItsReceiverCanCheck() {
        try (LoopbackServer receiver = taking();
                Webhooks webhooks =
                        Webhooks.start(KAFKA.connection(), config(receiver, "signed", 3), WebhookObserver.NONE)) {
            publish("hook-signed");
            await().atMost(LONG).until(() -> posts(receiver, "hook-signed").size() == 1);

            LoopbackServer.Request post = posts(receiver, "hook-signed").get(0);
            String signature = post.header(Signature.HEADER);
            Instant time = Instant.ofEpochSecond(Long.parseLong(signature.replaceAll("t=([0-9]+),.*", "$1")));
            assertThat(signature).isEqualTo(Signature.of(SECRET, time, post.body()));
            assertThat(signature).isNotEqualTo(Signature.of("another secret", time, post.body()));
            assertThat(time)
                    .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(1));
            assertThat(text(post)).contains("\"type\":\"io.deformux.segmentation.failed.v1\"");
        }
    }

    @Test
    void whatIsNotTakenIsSentAgain() {
        AtomicInteger asked = new AtomicInteger();
        try (LoopbackServer receiver = new LoopbackServer().on("/hook", exchange -> LoopbackServer.answer(
                                asked.incrementAndGet() < 3 ? 500 : 204, new byte[0])
                        .handle(exchange));
                Webhooks webhooks = Webhooks.start(KAFKA.connection(), config(receiver, "again", 100), counts)) {
            publish("hook-again");

            await().atMost(LONG).until(() -> !posts(receiver, "hook-again").isEmpty() && asked.get() >= 3);
        }
        assertThat(counts.refused).hasValue(2);
        assertThat(counts.taken).hasPositiveValue();
        assertThat(counts.passedOver).hasValue(0);
    }

    @Test
    void aResultThatIsNeverTakenIsPassedOverAndThoseBehindItCome() {
        try (LoopbackServer receiver = new LoopbackServer()
                        .on("/hook", exchange -> LoopbackServer.answer(400, new byte[0])
                                .handle(exchange));
                Webhooks webhooks = Webhooks.start(KAFKA.connection(), config(receiver, "passed", 2), counts)) {
            publish("hook-passed", "hook-behind");

            await().atMost(LONG)
                    .until(() -> posts(receiver, "hook-passed").size() == 2
                            && posts(receiver, "hook-behind").size() == 2);
        }
        assertThat(counts.passedOver).hasValueGreaterThanOrEqualTo(2);
        assertThat(counts.refused).hasValue(2 * counts.passedOver.get());
        assertThat(counts.taken).hasValue(0);
    }

    @Test
    void aRestartGoesOnWhereTheLastOneEnded() {
        try (LoopbackServer receiver = taking()) {
            try (Webhooks first =
                    Webhooks.start(KAFKA.connection(), config(receiver, "restart", 3), WebhookObserver.NONE)) {
                publish("hook-before");
                await().atMost(LONG).until(() -> posts(receiver, "hook-before").size() == 1);
            }
            publish("hook-after");
            try (Webhooks second =
                    Webhooks.start(KAFKA.connection(), config(receiver, "restart", 3), WebhookObserver.NONE)) {
                await().atMost(LONG).until(() -> posts(receiver, "hook-after").size() == 1);
            }
            // At most once more: what was taken when the first one was closed may not have been committed.
            assertThat(posts(receiver, "hook-before").size()).isBetween(1, 2);
        }
    }

    /** A partition that comes to a member while it waits for its receiver is not paused yet. */
    @Test
    void whatComesWithAPartitionDuringAWaitIsReadAfterIt() {
        TopicPartition mine = new TopicPartition("results", 0);
        TopicPartition others = new TopicPartition("results", 1);
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.subscribe(List.of("results"));
        consumer.rebalance(List.of(mine));
        consumer.updateBeginningOffsets(Map.of(mine, 0L, others, 3L));
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(mine, others));
            consumer.addRecord(new ConsumerRecord<>("results", 1, 3, new byte[0], new byte[0]));
        });

        boolean kept = new WaitingMember(consumer, () -> true).keeps(mine, Duration.ofMillis(20));

        assertThat(kept).isTrue();
        assertThat(consumer.assignment()).contains(others);
        assertThat(consumer.position(others)).isEqualTo(3);
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void aResultWhosePartitionIsTakenAwayDuringAWaitIsAnotherMembers() {
        TopicPartition mine = new TopicPartition("results", 0);
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.subscribe(List.of("results"));
        consumer.rebalance(List.of(mine));
        consumer.updateBeginningOffsets(Map.of(mine, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of()));

        boolean kept = new WaitingMember(consumer, () -> true).keeps(mine, Duration.ofMinutes(1));

        assertThat(kept).isFalse();
    }

    private static final class Counts implements WebhookObserver {
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private final AtomicInteger passedOver = new AtomicInteger();

        @Override
        public void taken() {
            taken.incrementAndGet();
        }

        @Override
        public void refused() {
            refused.incrementAndGet();
        }

        @Override
        public void passedOver() {
            passedOver.incrementAndGet();
        }
    }

    private static LoopbackServer taking() {
        return new LoopbackServer().on("/hook", LoopbackServer.answer(204, new byte[0]));
    }

    private static WebhookConfig config(LoopbackServer receiver, String group, int tries) {
        return new WebhookConfig(receiver.uri("/hook"), SECRET, "hooks-" + group, SOON, tries);
    }

    private static List<LoopbackServer.Request> posts(LoopbackServer receiver, String job) {
        return receiver.requests().stream()
                .filter(request -> text(request).contains('"' + job + '"'))
                .toList();
    }

    private static String text(LoopbackServer.Request request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private static void publish(String... jobs) {
        try (EventPublisher publisher = new EventPublisher(KAFKA.connection(), URI.create("/test"))) {
            for (String job : jobs) {
                publisher.publish(Told.failed(job));
            }
        }
    }
}
