package io.deformux.results.webhook;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The other end of a webhook. For one thread. */
final class Receiver {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final WebhookConfig config;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Receiver(WebhookConfig config) {
        this.config = config;
    }

    /** Sends one event; why it was not taken, if it was not. */
    Optional<String> send(byte[] body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(config.url())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/cloudevents+json; charset=utf-8")
                .header(Signature.HEADER, Signature.of(config.secret(), Instant.now(), body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? Optional.empty() : Optional.of("answer " + status);
        } catch (IOException e) {
            return Optional.of(e.getClass().getSimpleName());
        }
    }
}
