package io.deformux.telemetry.health;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A check that answers in time whatever it asks, such as a share that hangs: on a thread of its own, one at a time, and an
 * answer holds for a moment. For all threads.
 */
final class BoundedCheck {
    /** The code of a check that does not come back. */
    static final String NO_ANSWER = "NO_ANSWER";

    private final HealthCheck check;
    private final Duration limit;
    private final Duration fresh;
    private CompletableFuture<Optional<String>> asked;
    private long askedAt;

    /**
     * @param limit how long one waits for an answer
     * @param fresh how long an answer holds
     */
    BoundedCheck(HealthCheck check, Duration limit, Duration fresh) {
        this.check = check;
        this.limit = limit;
        this.fresh = fresh;
    }

    String name() {
        return check.name();
    }

    /** The problem, if there is one. */
    Optional<String> problem() throws InterruptedException {
        try {
            return current().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.of(NO_ANSWER);
        } catch (ExecutionException e) {
            return Optional.of(code(e.getCause()));
        }
    }

    private synchronized CompletableFuture<Optional<String>> current() {
        boolean old = System.nanoTime() - askedAt > fresh.toNanos();
        if (asked == null || asked.isDone() && old) {
            asked = ask();
            askedAt = System.nanoTime();
        }
        return asked;
    }

    private CompletableFuture<Optional<String>> ask() {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        answer.complete(check.problem());
                    } catch (Exception | LinkageError e) {
                        answer.completeExceptionally(e);
                    }
                },
                "deformux-check-" + check.name());
        thread.setDaemon(true);
        thread.start();
        return answer;
    }

    private static String code(Throwable thrown) {
        return thrown instanceof JobException known ? known.code().name() : FailureCode.INTERNAL.name();
    }
}
