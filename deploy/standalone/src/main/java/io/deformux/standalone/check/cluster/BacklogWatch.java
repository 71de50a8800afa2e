package io.deformux.standalone.check.cluster;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.standalone.check.Finding;
import io.deformux.standalone.check.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then, while a worker runs, whether what waits for it is about to be deleted before anybody has read it, and
 * says so in the log: the same again only after some hours. On a thread of its own, which holds up no stop.
 */
public final class BacklogWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BacklogWatch.class);
    private static final Duration LOOK = Duration.ofMinutes(15);
    private static final Duration AGAIN = Duration.ofHours(6);

    private final Supplier<List<Finding>> look;
    private final Duration every;
    private final Duration again;
    private final Map<String, Instant> said = new HashMap<>();
    private final Thread thread = new Thread(this::watch, "deformux-backlog");

    BacklogWatch(Supplier<List<Finding>> look, Duration every, Duration again) {
        this.look = look;
        this.every = every;
        this.again = again;
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins to watch what waits for that worker; the first look is a while after its start, which has looked already. */
    public static BacklogWatch start(KafkaConnection connection, WorkerRole role) {
        ClusterCheck check = new ClusterCheck(connection, List.of(role));
        return new BacklogWatch(check::lookAtBacklog, LOOK, AGAIN);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(every.toMillis());
                tryLook();
            }
        } catch (InterruptedException e) {
            LOG.debug("The backlog is watched no longer");
        }
    }

    /** A cluster that does not answer now is asked again; those who work with it say that it does not. */
    private void tryLook() {
        try {
            look.get().stream()
                    .filter(finding -> finding.verdict() == Severity.WARN)
                    .forEach(this::sayOnce);
        } catch (RuntimeException e) {
            LOG.debug("The backlog cannot be looked at now", e);
        }
    }

    /** Its text changes with the time that has passed; what it is about does not. */
    private void sayOnce(Finding finding) {
        String about = finding.name() + finding.advice().orElse("");
        Instant now = Instant.now();
        Instant last = said.get(about);
        if (last == null || last.plus(again).isBefore(now)) {
            said.put(about, now);
            LOG.warn(
                    "{}: {}; {}",
                    finding.name(),
                    finding.value(),
                    finding.advice().orElse(""));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
