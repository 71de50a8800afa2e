package io.deformux.worker.infer.result;

import io.deformux.schemas.ScanArrived;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results that could not be stored, for the next attempt of their jobs on this worker. Those that were kept for too long,
 * and the oldest where all together take too much room, are let go: their jobs are computed again. For all threads.
 */
public final class UnstoredResults implements AutoCloseable {
    /** Since a job was last tried; it waits less, unless the worker lacks something. */
    static final Duration LONGEST = Duration.ofHours(1);

    /** Label map, segmentation and the small files of one job are some 10 MB, with many classes some 100. */
    static final long MOST_BYTES = 4L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(UnstoredResults.class);

    private record Kept(WrittenResult result, long bytes, long sinceNanos) {}

    private final long mostBytes;
    private final LongSupplier nanos;
    private final Deque<Kept> all = new ArrayDeque<>();

    public UnstoredResults() {
        this(MOST_BYTES, System::nanoTime);
    }

    UnstoredResults(long mostBytes, LongSupplier nanos) {
        this.mostBytes = mostBytes;
        this.nanos = nanos;
    }

    /** Keeps a result, and owns it from now on. */
    public synchronized void keep(WrittenResult result) {
        try {
            all.addLast(new Kept(result, result.bytes(), nanos.getAsLong()));
        } catch (UncheckedIOException e) {
            LOG.warn("Nothing can be kept of job {}: {}", result.job().jobId(), e.getMessage());
            result.close();
        }
        letGo();
    }

    /** The result that was kept of exactly that job; the caller owns it. */
    public synchronized Optional<WrittenResult> take(ScanArrived job) {
        letGo();
        for (Iterator<Kept> each = all.iterator(); each.hasNext(); ) {
            Kept kept = each.next();
            if (kept.result().job().equals(job)) {
                each.remove();
                return Optional.of(kept.result());
            }
        }
        return Optional.empty();
    }

    /** Lets go what was kept for too long; also called where no job comes. */
    synchronized void letGo() {
        long now = nanos.getAsLong();
        long bytes = all.stream().mapToLong(Kept::bytes).sum();
        while (!all.isEmpty() && (bytes > mostBytes || now - all.getFirst().sinceNanos() > LONGEST.toNanos())) {
            Kept oldest = all.removeFirst();
            bytes -= oldest.bytes();
            LOG.info("What was kept of job {} is let go", oldest.result().job().jobId());
            oldest.result().close();
        }
    }

    @Override
    public synchronized void close() {
        all.forEach(kept -> kept.result().close());
        all.clear();
    }
}
