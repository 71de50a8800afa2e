package io.deformux.node;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.Backoff;
import io.deformux.messaging.event.FeedPublisher;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces series at a steady pace, and after longer and longer waits while the folder or Kafka cannot be used; instances
 * are taken meanwhile. One thread.
 */
final class NodeLoop {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration FORGETTING = Duration.ofHours(1);
    private static final Backoff WAITS = new Backoff(PACE, Duration.ofMinutes(1));

    private final SeriesAnnouncer announcer;
    private final SeriesStore store;
    private final OwnJobs jobs;
    private final Supplier<FeedPublisher> publishers;
    private final Duration keep;
    private final NodeObserver observer;
    private Instant forgotten = Instant.EPOCH;
    /** What it last failed of, which is said once. */
    private String said = "";

    /**
     * A loop.
     *
     * @param publishers opens the node's publisher, which the loop closes
     * @param keep series are deleted after so long
     */
    NodeLoop(
            SeriesAnnouncer announcer,
            SeriesStore store,
            OwnJobs jobs,
            Supplier<FeedPublisher> publishers,
            Duration keep,
            NodeObserver observer) {
        this.announcer = announcer;
        this.store = store;
        this.jobs = jobs;
        this.publishers = publishers;
        this.keep = keep;
        this.observer = observer;
    }

    /**
     * Runs until it is interrupted, or something goes wrong that no other try can mend.
     *
     * @throws JobException with a code that is not retryable, or {@code INTERNAL}
     */
    void run() throws InterruptedException {
        int failures = 0;
        while (true) {
            try (FeedPublisher publisher = publishers.get()) {
                LOG.info("Announces series from {} on", publisher.position() + 1);
                while (true) {
                    observer.looked(announcer.look(publisher));
                    forget(publisher.position());
                    said = "";
                    failures = 0;
                    Thread.sleep(PACE.toMillis());
                }
            } catch (IOException e) {
                observer.failed(FailureCode.STORAGE_UNAVAILABLE);
                wait(++failures, e);
            } catch (JobException e) {
                if (!e.code().retryable() || e.code() == FailureCode.INTERNAL) {
                    throw e;
                }
                observer.failed(e.code());
                wait(++failures, e);
            }
        }
    }

    private void forget(long position) throws IOException {
        Instant now = Instant.now();
        if (forgotten.plus(FORGETTING).isBefore(now)) {
            store.forget(now.minus(keep), position);
            jobs.forget(now.minus(keep));
            forgotten = now;
        }
    }

    private void wait(int failures, Exception cause) throws InterruptedException {
        Duration wait = WAITS.delay(failures);
        if (!said.equals(cause.getMessage())) {
            said = String.valueOf(cause.getMessage());
            LOG.warn("Looks again in {} s, and ever more rarely: {}", wait.toSeconds(), said);
        }
        Thread.sleep(wait.toMillis());
    }
}
