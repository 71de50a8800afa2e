package io.deformux.results.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.deformux.messaging.cluster.Backoff;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.results.Told;
import io.deformux.schemas.Topics;
import io.deformux.testing.server.KafkaFixture;
import io.deformux.testing.server.LoopbackServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
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

    /** What comes to a member together with a partition, while it waits for its receiver, is not passed over. */
    @Test
    void aMemberThatTakesOverWhileItWaitsPostsAllThatWaits() throws Exception {
        AtomicBoolean takes = new AtomicBoolean();
        Set<String> taken = ConcurrentHashMap.newKeySet();
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/hook", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean takesThis = takes.get();
            if (takesThis) {
                taken.add(body);
            }
            exchange.sendResponseHeaders(takesThis ? 204 : 500, -1);
            exchange.close();
        });
        receiver.start();
        URI address = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
        WebhookConfig config = new WebhookConfig(address, SECRET, "hooks-two", SOON, 1_000_000);
        List<String> jobs =
                IntStream.range(0, 24).mapToObj(n -> "hook-two-" + n).toList();
        publish(jobs.toArray(String[]::new));
        try (Webhooks stays = Webhooks.start(KAFKA.connection(), config, WebhookObserver.NONE)) {
            try (Webhooks leaves = Webhooks.start(KAFKA.connection(), config, WebhookObserver.NONE)) {
                await().atMost(LONG).until(() -> members("hooks-two") == 2);
            }
            await().atMost(LONG).until(() -> members("hooks-two") == 1);
            takes.set(true);

            await().atMost(LONG).untilAsserted(() -> assertThat(jobs)
                    .allSatisfy(job -> assertThat(taken).anyMatch(body -> body.contains('"' + job + '"'))));
        } finally {
            receiver.stop(0);
        }
    }

    /** How many members have the partitions of a group between them; 0 while they are being shared out. */
    private static long members(String group) throws Exception {
        try (Admin admin = Admin.create(KAFKA.connection().client(Map.of()))) {
            int partitions = admin.describeTopics(List.of(Topics.SEGMENTATION_RESULT))
                    .allTopicNames()
                    .get()
                    .get(Topics.SEGMENTATION_RESULT)
                    .partitions()
                    .size();
            List<Integer> shares =
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                            .map(member -> member.assignment().topicPartitions().size())
                            .toList();
            boolean shared = shares.stream().mapToInt(share -> share).sum() == partitions;
            return shared ? shares.stream().filter(share -> share > 0).count() : 0;
        }
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
