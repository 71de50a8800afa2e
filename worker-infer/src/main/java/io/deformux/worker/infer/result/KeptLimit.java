package io.deformux.worker.infer.result;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go what unstored results were kept for too long, on a thread of its own: no job may come that would do it, and scans
 * are not to lie in the scratch folder for longer. Close it before the results.
 */
public final class KeptLimit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptLimit.class);
    private static final Duration PACE = Duration.ofMinutes(1);

    private final UnstoredResults results;
    private final Duration pace;
    private final Thread thread;

    private KeptLimit(UnstoredResults results, Duration pace) {
        this.results = results;
        this.pace = pace;
        this.thread = new Thread(this::look, "deformux-kept");
        thread.setDaemon(true);
    }

    /** Looks every minute from now on. */
    public static KeptLimit on(UnstoredResults results) {
        return on(results, PACE);
    }

    static KeptLimit on(UnstoredResults results, Duration pace) {
        KeptLimit limit = new KeptLimit(results, pace);
        limit.thread.start();
        return limit;
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(pace.toMillis());
                results.letGo();
            }
        } catch (InterruptedException e) {
            LOG.debug("Nothing is kept any more");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
