package io.deformux.storage;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows again and again that its process lives, for as long as it does, on a thread of its own. */
final class ClaimPulse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimPulse.class);

    private final Claim claim;
    private final Duration every;
    private final Thread thread;

    private ClaimPulse(Claim claim, Duration every) {
        this.claim = claim;
        this.every = every;
        this.thread = new Thread(this::beat, "deformux-claim");
        thread.setDaemon(true);
    }

    static ClaimPulse of(Claim claim, Duration every) {
        ClaimPulse pulse = new ClaimPulse(claim, every);
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
            LOG.debug("a claim is given up");
        }
    }

    /** A disk that is away comes back, or its files are gone: then there is nothing to claim. */
    private void touch() {
        try {
            claim.touch();
        } catch (IOException e) {
            LOG.debug("a claim cannot be touched: {}", IoReason.of(e));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
