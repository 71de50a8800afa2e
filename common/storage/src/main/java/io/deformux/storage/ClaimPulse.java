package io.deformux.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Touches a file again and again for as long as its process lives, on a thread of its own. */
final class ClaimPulse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimPulse.class);

    private final Path file;
    private final Duration every;
    private final Thread thread;

    private ClaimPulse(Path file, Duration every) {
        this.file = file;
        this.every = every;
        this.thread = new Thread(this::beat, "deformux-claim");
        thread.setDaemon(true);
    }

    static ClaimPulse on(Path file, Duration every) {
        ClaimPulse pulse = new ClaimPulse(file, every);
        pulse.thread.start();
        return pulse;
    }

    private void beat() {
        try {
            while (true) {
                Thread.sleep(every.toMillis());
                touch();
            }
        } catch (InterruptedException e) {
            LOG.debug("{} is given up", file);
        }
    }

    /** A disk that is away comes back, or its files are gone: then there is nothing to claim. */
    private void touch() {
        try {
            FileTime now = FileTime.from(DiskClock.now(file.getParent(), Claim.PROBE, ""));
            Files.setLastModifiedTime(file, now);
        } catch (IOException e) {
            LOG.debug("{} cannot be touched: {}", file, IoReason.of(e));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
