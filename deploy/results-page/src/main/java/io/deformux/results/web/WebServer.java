package io.deformux.results.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, finds the route of each request and asks the gate. Its own threads. */
final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    /** Besides those of listeners. */
    private static final int THREADS = 16;

    /** Nothing from elsewhere; the viewer makes pictures and a worker of its own of what it has loaded from here. */
    private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data: blob:; connect-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:;"
            + " manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final List<Route> routes;
    private final Gate gate;
    private final Optional<Token> token;

    private WebServer(InetSocketAddress address, List<Route> routes, Gate gate, Optional<Token> token)
            throws IOException {
        this.routes = routes;
        this.gate = gate;
        this.token = token;
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS + LiveStream.MOST_LISTENERS,
                Duration.ofMinutes(1).toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>()); // where all are busy, a connection is closed
        server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Starts to listen.
     *
     * @param token of those who may publish; empty: nobody may
     * @throws IOException if the address cannot be had
     */
    static WebServer start(InetSocketAddress address, List<Route> routes, Gate gate, Optional<Token> token)
            throws IOException {
        WebServer started = new WebServer(address, routes, gate, token);
        started.server.start();
        return started;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Security-Policy", CONTENT_POLICY);
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
            Call call = new Call(exchange, List.of());
            try {
                route(exchange);
            } catch (RefusedCallException e) {
                refuse(call, e);
            } catch (IOException e) {
                refuse(call, unusable(exchange, e));
            }
        } catch (IOException e) {
            LOG.debug("A caller went away: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.error("A request could not be answered", e); // the exchange ends without an answer
        }
    }

    /** What is answered where a file or folder of the page failed; goes on with a failure of the caller's. */
    private static RefusedCallException unusable(HttpExchange exchange, IOException e) throws IOException {
        if (e instanceof CallerGoneException || exchange.getResponseCode() >= 0) {
            throw e;
        }
        FailureCode code = DiskFull.or(FailureCode.STORAGE_UNAVAILABLE, e);
        LOG.warn("A request is refused with {}, since a file or folder cannot be used: {}", code, e.toString());
        return new RefusedCallException(
                code == FailureCode.STORAGE_FULL ? 507 : 503,
                code.name(),
                "the page cannot use one of its folders now; its log says which");
    }

    private void route(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
        boolean known = false;
        for (Route route : routes) {
            Optional<List<String>> parts = route.match(exchange.getRequestURI().getRawPath());
            if (parts.isPresent() && route.method().equals(method)) {
                admit(exchange, route.right());
                route.handler().handle(new Call(exchange, parts.get()));
                return;
            }
            known |= parts.isPresent();
        }
        throw known
                ? new RefusedCallException(405, "METHOD_NOT_ALLOWED", "this address takes another method")
                : RefusedCallException.notFound();
    }

    private void admit(HttpExchange exchange, Route.Right right) {
        if (right == Route.Right.NONE) {
            return;
        }
        if (!gate.mayRead(exchange)) {
            throw new RefusedCallException(401, gate.code(), gate.message());
        }
        if (right == Route.Right.WRITE
                && token.filter(one -> one.isShownBy(exchange)).isEmpty()) {
            throw new RefusedCallException(
                    403,
                    CheckedGate.TOKEN_MISSING,
                    token.isPresent()
                            ? "give the page's token, as Authorization: Bearer TOKEN"
                            : "nothing is published here: the page was started without a token");
        }
    }

    private static void refuse(Call call, RefusedCallException refused) throws IOException {
        if (refused.status() == 401) {
            call.set("WWW-Authenticate", "Bearer");
        }
        call.set("Cache-Control", "no-store"); // whatever was meant for the answer that was hoped for
        byte[] body =
                JsonText.bytes(JsonText.object().put("code", refused.code()).put("message", refused.getMessage()));
        call.send(refused.status(), "application/json", body);
    }

    /** Ends at once; what is being answered is cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
