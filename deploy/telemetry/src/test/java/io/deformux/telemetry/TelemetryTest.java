package io.deformux.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.LoopHealth;
import io.deformux.pacs.BridgeObserver;
import io.deformux.worker.infer.stage.StageObserver;
import io.deformux.worker.train.job.TrainingListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is not asked for is not there. */
class TelemetryTest {
    @Test
    void withoutAPortAndAnEndpointThereIsNeitherThreadNorObserver() throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Telemetry telemetry = Telemetry.start(config(Optional.empty()))) {
            assertThat(telemetry.address()).isEmpty();
            assertThat(telemetry.jobs("topic")).isSameAs(JobObserver.NONE);
            assertThat(telemetry.stages()).isSameAs(StageObserver.NONE);
            assertThat(telemetry.training()).isSameAs(TrainingListener.NONE);
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> !before.contains(thread))
                            .map(Thread::getName)
                            .filter(name -> name.startsWith("deformux")))
                    .isEmpty();
        }
    }

    @Test
    void aPortThatIsTakenIsToldAtTheStart() throws IOException {
        try (Telemetry first = Telemetry.start(config(Optional.of(new InetSocketAddress("127.0.0.1", 0))))) {
            Optional<InetSocketAddress> taken = first.address();
            assertThatThrownBy(() -> Telemetry.start(config(taken))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        try (Telemetry telemetry = Telemetry.start(config(Optional.of(new InetSocketAddress("127.0.0.1", 0))))) {
            assertThat(telemetry.address().orElseThrow().getAddress().isLoopbackAddress())
                    .isTrue();
            assertThat(status(telemetry, "GET", "/healthz")).isEqualTo(200);
            assertThat(status(telemetry, "HEAD", "/metrics")).isEqualTo(200);
            assertThat(status(telemetry, "GET", "/metrics/../etc")).isEqualTo(404);
            assertThat(status(telemetry, "GET", "/")).isEqualTo(404);
            assertThat(status(telemetry, "POST", "/metrics")).isEqualTo(405);
        }
    }

    @Test
    void aProgramWhoseThreadsEndIsToBeStartedAgain() throws Exception {
        AtomicBoolean runs = new AtomicBoolean(true);
        try (Telemetry telemetry = Telemetry.start(config(Optional.of(new InetSocketAddress("127.0.0.1", 0))))) {
            telemetry.requireToLive(runs::get);
            runs.set(false);

            HttpResponse<String> answer = get(telemetry, "/healthz");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"threads\"").contains("THREAD_ENDED");
        }
    }

    @Test
    void aLoopThatEndsOrHangsIsToldWithItsCode() throws Exception {
        AtomicBoolean runs = new AtomicBoolean(true);
        AtomicLong clock = new AtomicLong();
        LoopHealth loop = new LoopHealth(clock::get);
        try (Telemetry telemetry = Telemetry.start(config(Optional.of(new InetSocketAddress("127.0.0.1", 0))))) {
            telemetry.watch("scans", runs::get, loop);
            clock.set(Duration.ofMinutes(4).toNanos());
            loop.runs(Optional.of(() -> Duration.ofMinutes(2)));
            clock.set(Duration.ofMinutes(8).toNanos());

            HttpResponse<String> answer = get(telemetry, "/healthz");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("LOOP_HANGS").contains("JOB_HANGS");
        }
    }

    @Test
    void planningThatStandsIsToldWithItsCodeAndCounted() throws Exception {
        AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.of("KAFKA_UNAVAILABLE"));
        try (Telemetry telemetry = Telemetry.start(config(Optional.of(new InetSocketAddress("127.0.0.1", 0))))) {
            telemetry.started();
            telemetry.watchPlanning(problem::get);

            HttpResponse<String> answer = get(telemetry, "/readyz");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"planning\":\"KAFKA_UNAVAILABLE\"");
            assertThat(get(telemetry, "/healthz").statusCode()).isEqualTo(200);
            assertThat(get(telemetry, "/metrics").body()).contains("deformux_planning_stands 1.0");

            problem.set(Optional.empty());
            assertThat(get(telemetry, "/metrics").body()).contains("deformux_planning_stands 0.0");
        }
    }

    @Test
    void aSeriesThatIsSetAsideIsCountedFromNoneOn() throws Exception {
        for (Function<Telemetry, BridgeObserver> program :
                List.<Function<Telemetry, BridgeObserver>>of(Telemetry::feed, Telemetry::node)) {
            try (Telemetry telemetry = Telemetry.start(config(Optional.of(new InetSocketAddress("127.0.0.1", 0))))) {
                BridgeObserver feed = program.apply(telemetry);
                assertThat(get(telemetry, "/metrics").body()).contains("deformux_feed_set_aside_total 0.0");
                feed.setAside();
                assertThat(get(telemetry, "/metrics").body()).contains("deformux_feed_set_aside_total 1.0");
            }
        }
    }

    private static HttpResponse<String> get(Telemetry telemetry, String path) throws Exception {
        URI uri = URI.create(
                "http://127.0.0.1:" + telemetry.address().orElseThrow().getPort() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static int status(Telemetry telemetry, String method, String path) throws Exception {
        URI uri = URI.create(
                "http://127.0.0.1:" + telemetry.address().orElseThrow().getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static TelemetryConfig config(Optional<InetSocketAddress> management) {
        return new TelemetryConfig("infer-worker", "1", management, Optional.empty(), Duration.ofMinutes(1));
    }
}
