package io.deformux.results.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request and its answer. For one thread. */
final class Call {
    private final HttpExchange exchange;
    private final List<String> parts;
    private final Map<String, String> query;

    /** @param parts what stands in the address where its route has a placeholder, decoded */
    Call(HttpExchange exchange, List<String> parts) {
        this.exchange = exchange;
        this.parts = parts;
        this.query = parsed(exchange.getRequestURI().getRawQuery());
    }

    String part(int index) {
        return parts.get(index);
    }

    /** A parameter of the query; empty if absent. */
    String query(String name) {
        return query.getOrDefault(name, "");
    }

    /**
     * A whole number of the query.
     *
     * @throws RefusedCallException 400 if it is none from {@code least} to {@code most}
     */
    int number(String name, int usual, int least, int most) {
        String text = query(name);
        if (text.isEmpty()) {
            return usual;
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new RefusedCallException(
                    400, "QUERY_INVALID", name + " must be a whole number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** What was sent; throws {@link CallerGoneException} where no more comes. */
    InputStream body() {
        return new FilterInputStream(exchange.getRequestBody()) {
            @Override
            public int read() throws IOException {
                try {
                    return in.read();
                } catch (IOException e) {
                    throw new CallerGoneException(e);
                }
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                try {
                    return in.read(bytes, offset, length);
                } catch (IOException e) {
                    throw new CallerGoneException(e);
                }
            }
        };
    }

    void set(String header, String value) {
        exchange.getResponseHeaders().set(header, value);
    }

    void send(int status, String mediaType, byte[] body) throws IOException {
        set("Content-Type", mediaType);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Begins an answer of {@code bytes} bytes, or of any number if 0. */
    OutputStream begin(int status, long bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes);
        return exchange.getResponseBody();
    }

    boolean isHead() {
        return exchange.getRequestMethod().equals("HEAD");
    }

    private static Map<String, String> parsed(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    /** @throws RefusedCallException 400 if a percent sign stands for nothing */
    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RefusedCallException(400, "QUERY_INVALID", "the address has a % that stands for nothing");
        }
    }
}
