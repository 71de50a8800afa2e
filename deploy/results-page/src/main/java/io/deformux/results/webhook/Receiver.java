package io.deformux.results.webhook;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The other end of a webhook. For one thread. */
final class Receiver {
    /** For a whole answer: one that never ends must not hold up all others. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final WebhookConfig config;
    private final Duration limit;
    private final HttpClient client;

    Receiver(WebhookConfig config) {
        this(config, LIMIT);
    }

    /** @param limit from the call to the end of the answer */
    Receiver(WebhookConfig config, Duration limit) {
        this.config = config;
        this.limit = limit;
        client = HttpClient.newBuilder()
                .connectTimeout(limit)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Sends one event; why it was not taken, if it was not. */
    Optional<String> send(byte[] body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(config.url())
                .header("Content-Type", "application/cloudevents+json; charset=utf-8")
                .header(Signature.HEADER, Signature.of(config.secret(), Instant.now(), body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            int status = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return status / 100 == 2 ? Optional.empty() : Optional.of("answer " + status);
        } catch (TimeoutException e) {
            return Optional.of("no whole answer within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Optional.of(e.getCause().getClass().getSimpleName());
        } finally {
            answer.cancel(true); // which ends the connection, unless all has come
        }
    }
}
