package io.deformux.results.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.results.state.KnownResults;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * What changes, as server-sent events: kind and id of what is known otherwise than before, twice a second at most, each
 * but once however often it has changed since. For all threads; each listener holds one.
 */
final class LiveStream implements AutoCloseable {
    /** Listeners at one time; more are told to come again. */
    static final int MOST_LISTENERS = 64;

    /** So many changes at once are told as one: all of it. */
    private static final int MOST_CHANGES = 200;

    private static final Duration PACE = Duration.ofMillis(500);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final KnownResults results;
    private final Semaphore places = new Semaphore(MOST_LISTENERS);
    private final Set<Waiting> open = new HashSet<>();

    LiveStream(KnownResults results) {
        this.results = results;
    }

    List<Route> routes() {
        return List.of(new Route("GET", "/api/events", Route.Right.READ, this::listen));
    }

    /** Changes that a listener has not been told yet. */
    private static final class Waiting implements Consumer<KnownResults.Change> {
        private final Set<KnownResults.Change> changes = new LinkedHashSet<>();
        private boolean all;
        private boolean closed;

        @Override
        public synchronized void accept(KnownResults.Change change) {
            if (changes.size() < MOST_CHANGES) {
                changes.add(change);
            } else {
                all = true;
            }
            notifyAll();
        }

        synchronized void close() {
            closed = true;
            notifyAll();
        }

        /** The text of what has changed, after a wait; a comment if nothing has; empty at the end. */
        synchronized String take() throws InterruptedException {
            if (changes.isEmpty() && !closed) {
                wait(HEARTBEAT.toMillis());
            }
            StringBuilder text = new StringBuilder();
            if (closed) {
                return "";
            } else if (all) {
                text.append("event: all\ndata: {}\n\n");
            } else if (changes.isEmpty()) {
                text.append(": nothing new\n\n");
            } else {
                changes.forEach(change -> text.append("event: change\ndata: ")
                        .append(new String(JsonText.bytes(data(change)), StandardCharsets.UTF_8))
                        .append("\n\n"));
            }
            changes.clear();
            all = false;
            return text.toString();
        }

        private static ObjectNode data(KnownResults.Change change) {
            return JsonText.object().put("kind", change.kind()).put("id", change.id());
        }
    }

    private void listen(Call call) throws IOException {
        if (!places.tryAcquire()) {
            throw new RefusedCallException(503, "TOO_MANY_LISTENERS", "close another page or come again later");
        }
        Waiting waiting = new Waiting();
        synchronized (open) {
            open.add(waiting);
        }
        results.listen(waiting);
        call.set("Content-Type", "text/event-stream");
        call.set("Cache-Control", "no-store");
        call.set("X-Accel-Buffering", "no"); // nginx would keep changes back until it has a block of them
        try (OutputStream out = call.begin(200, 0)) {
            out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            for (String text = waiting.take(); !text.isEmpty(); text = waiting.take()) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(PACE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            results.forget(waiting);
            synchronized (open) {
                open.remove(waiting);
            }
            places.release();
        }
    }

    /** Ends all listeners. */
    @Override
    public void close() {
        synchronized (open) {
            open.forEach(Waiting::close);
        }
    }
}
