package io.deformux.testing.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Just enough of S3 for the tests, path style on loopback: GetObject, HeadObject, PutObject and ListObjectsV2 with two
 * keys a page. Checks that requests are signed with the right access key and that bodies have the checksum stated.
 */
public final class S3Stub implements AutoCloseable {
    /** The one that requests must be signed with. */
    public static final String ACCESS_KEY = "worker";

    private static final int PAGE_KEYS = 2;

    /** By {@code /bucket/key}. */
    public final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

    /** Method and path of every request. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** 0, or a status that everything is answered with. */
    public volatile int status;

    /** How many bytes less than announced are sent. */
    public volatile int missingBytes;

    /** Whether objects stop after their first byte until the stub is closed. */
    public volatile boolean stalling;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /** One without objects, on a free port. */
    public S3Stub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            serve(exchange);
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (status != 0) {
            fail(exchange, status, "Told");
        } else if (!authorization.contains("Credential=" + ACCESS_KEY + "/")) {
            fail(exchange, 403, "InvalidAccessKeyId");
        } else if (exchange.getRequestMethod().equals("PUT")) {
            put(exchange, path, body);
        } else if (String.valueOf(exchange.getRequestURI().getQuery()).contains("list-type=2")) {
            list(exchange, path);
        } else if (objects.containsKey(path)) {
            byte[] object = objects.get(path);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(object.length));
            }
            exchange.sendResponseHeaders(200, head || object.length == 0 ? -1 : object.length);
            if (!head) {
                exchange.getResponseBody().write(object, 0, stalling ? 1 : object.length - missingBytes);
                exchange.getResponseBody().flush();
                if (stalling) {
                    hang();
                }
            }
        } else {
            fail(exchange, 404, "NoSuchKey");
        }
    }

    private void hang() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(HttpExchange exchange, String path, byte[] body) throws IOException {
        String stated = exchange.getRequestHeaders().getFirst("x-amz-checksum-sha256");
        if (stated == null || !stated.equals(sha256(body))) {
            fail(exchange, 400, "BadDigest");
            return;
        }
        objects.put(path, body);
        exchange.sendResponseHeaders(200, -1);
    }

    private void list(HttpExchange exchange, String path) throws IOException {
        Map<String, String> query = new TreeMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        String bucket = path.replaceAll("/$", "") + "/";
        List<String> keys = objects.keySet().stream()
                .filter(each -> each.startsWith(bucket + query.getOrDefault("prefix", "")))
                .map(each -> each.substring(bucket.length()))
                .toList();
        int from = Integer.parseInt(query.getOrDefault("continuation-token", "0"));
        int to = Math.min(from + PAGE_KEYS, keys.size());
        String contents = keys.subList(from, to).stream()
                .map(key -> "<Contents><Key>" + key + "</Key></Contents>")
                .collect(Collectors.joining());
        String next = to == keys.size()
                ? "<IsTruncated>false</IsTruncated>"
                : "<IsTruncated>true</IsTruncated><NextContinuationToken>" + to + "</NextContinuationToken>";
        send(exchange, 200, "<ListBucketResult>" + next + contents + "</ListBucketResult>");
    }

    private static void fail(HttpExchange exchange, int status, String code) throws IOException {
        send(exchange, status, "<Error><Code>" + code + "</Code><Message>no</Message></Error>");
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
