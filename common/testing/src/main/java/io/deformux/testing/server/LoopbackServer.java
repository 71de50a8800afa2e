package io.deformux.testing.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on a free loopback port that answers as a test says and remembers what it was asked. */
public final class LoopbackServer implements AutoCloseable {
    /** One request: header names in any case. */
    public record Request(String method, URI uri, Map<String, String> headers, byte[] body) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public LoopbackServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    headers,
                    exchange.getRequestBody().readAllBytes()));
            handlers.getOrDefault(exchange.getRequestURI().getPath(), answer(404, new byte[0]))
                    .handle(exchange);
            exchange.close();
        });
        server.start();
    }

    /** Answers requests for a path. */
    public LoopbackServer on(String path, HttpHandler handler) {
        handlers.put(path, handler);
        return this;
    }

    /** {@code http://127.0.0.1:port}. */
    public String origin() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI uri(String path) {
        return URI.create(origin() + path);
    }

    public List<Request> requests() {
        return requests;
    }

    /** An answer with a status, headers in pairs, and a body. */
    public static HttpHandler answer(int status, byte[] body, String... headers) {
        return exchange -> {
            setHeaders(exchange, headers);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        };
    }

    /** An answer that announces more bytes than it sends before the connection is closed. */
    public static HttpHandler cutShort(byte[] body, long announced) {
        return exchange -> {
            exchange.sendResponseHeaders(200, announced);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
        };
    }

    /** An answer that sends a little and then nothing more until the server is closed. */
    public HttpHandler stalling(byte[] body, long announced) {
        return exchange -> {
            cutShort(body, announced).handle(exchange);
            hang();
        };
    }

    /** No answer at all until the server is closed. */
    public HttpHandler silent() {
        return exchange -> hang();
    }

    private void hang() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void setHeaders(HttpExchange exchange, String... pairs) {
        for (int n = 0; n < pairs.length; n += 2) {
            exchange.getResponseHeaders().set(pairs[n], pairs[n + 1]);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
