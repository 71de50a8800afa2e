package io.deformux.results.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.messaging.cluster.Backoff;
import io.deformux.testing.server.LoopbackServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a receiver answers, whatever that is, comes to an end. */
@Timeout(60)
class ReceiverTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void anAnswerThatBeginsWellAndNeverEndsIsNone() throws Exception {
        try (LoopbackServer server = new LoopbackServer()) {
            server.on("/hook", server.stalling(new byte[] {1}, 1000));

            assertThat(sent(server)).hasValue("no whole answer within 1 s");
        }
    }

    @Test
    void aReceiverThatIsSilentGivesNoAnswer() throws Exception {
        try (LoopbackServer server = new LoopbackServer()) {
            server.on("/hook", server.silent());

            assertThat(sent(server)).hasValue("no whole answer within 1 s");
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNone() throws Exception {
        try (LoopbackServer server = new LoopbackServer().on("/hook", LoopbackServer.cutShort(new byte[] {1}, 1000))) {
            assertThat(sent(server)).hasValue("IOException");
        }
    }

    @Test
    void anAnswerOf200WithSomethingInItIsTaken() throws Exception {
        try (LoopbackServer server = new LoopbackServer().on("/hook", LoopbackServer.answer(200, new byte[1000]))) {
            assertThat(sent(server)).isEmpty();
        }
    }

    private static Optional<String> sent(LoopbackServer server) throws InterruptedException {
        WebhookConfig config = new WebhookConfig(
                server.uri("/hook"), "a secret", "group", new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), 1);
        return new Receiver(config, SHORT).send(new byte[] {1});
    }
}
