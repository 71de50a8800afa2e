package io.deformux.telemetry.management;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.deformux.telemetry.health.Health;
import io.deformux.telemetry.health.HealthReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /metrics} for Prometheus, {@code /healthz} and {@code /readyz} for whoever starts and stops programs: 200, or 503
 * with the names and codes of what is wrong. Answers are read only, name neither paths nor jobs, and take no input.
 */
public final class ManagementServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String JSON = "application/json";
    /** A slow reader or sender must not hold up a probe. */
    private static final int THREADS = 16;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
        Thread made = new Thread(work, "deformux-management");
        made.setDaemon(true);
        return made;
    });

    private ManagementServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @param address where it listens; port 0 takes a free one
     * @param metrics the text of a scrape
     */
    public static ManagementServer start(InetSocketAddress address, Supplier<String> metrics, Health health)
            throws IOException {
        ManagementServer made = new ManagementServer(HttpServer.create(address, 0));
        made.serve("/metrics", () -> new Answer(200, TEXT, metrics.get()));
        made.serve("/healthz", () -> answer(health.alive()));
        made.serve("/readyz", () -> answer(health.ready()));
        made.server.setExecutor(made.threads);
        made.server.start();
        LOG.info(
                "Metrics and health at http://{}:{}",
                made.address().getHostString(),
                made.address().getPort());
        return made;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private record Answer(int status, String type, String body) {}

    private interface Question {
        Answer answer() throws InterruptedException;
    }

    private static Answer answer(HealthReport report) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("status", report.isGood() ? "up" : "down");
        ObjectNode checks = body.putObject("checks");
        report.problems().forEach((name, problem) -> checks.put(name, problem.orElse("up")));
        return new Answer(report.isGood() ? 200 : 503, JSON, body + "\n");
    }

    private void serve(String path, Question question) {
        server.createContext(path, exchange -> {
            try (exchange) {
                send(exchange, of(exchange, path, question));
            } catch (IOException e) {
                LOG.debug("An answer of {} was not taken", path, e);
            }
        });
    }

    /** A context takes what begins with its path, too. */
    private static Answer of(HttpExchange exchange, String path, Question question) {
        if (!exchange.getRequestURI().getPath().equals(path)) {
            return new Answer(404, TEXT, "");
        }
        if (!exchange.getRequestMethod().equals("GET")
                && !exchange.getRequestMethod().equals("HEAD")) {
            return new Answer(405, TEXT, "");
        }
        try {
            return question.answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(503, TEXT, "");
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} cannot be answered", path, e);
            return new Answer(500, TEXT, "");
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
