package io.deformux.worker.train.measurement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The largest resident memory of this process since {@link #beginAnew}, as Linux counts it. It holds all that the process
 * does, a publication beside the fold among it.
 */
public final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    /** Written to, it sets the largest back to what is there now (proc(5)). */
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private static final String LARGEST = "VmHWM:";
    private static final String NOW = "VmRSS:";
    private static final int KIB = 1024;

    /** The JVM gives memory back a tenth of a second after a collection, in pieces. */
    private static final long PACE_MS = 200;

    private static final int MOST_PACES = 10;

    private boolean begun;

    /** Gives back what nobody needs any more, as the heap of what ran before, and forgets what was the largest. */
    public void beginAnew() {
        giveBack();
        try {
            Files.writeString(CLEAR, "5");
            begun = true;
        } catch (IOException | UnsupportedOperationException e) {
            begun = false; // then it is not known
        }
    }

    /** Waits as long as that goes on. Interrupted it waits no longer. */
    private static void giveBack() {
        System.gc();
        long before = Long.MAX_VALUE;
        try {
            for (int n = 0; n < MOST_PACES; n++) {
                Thread.sleep(PACE_MS);
                long now = told(NOW).orElse(0L);
                if (now >= before) {
                    return;
                }
                before = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** In bytes; empty where the system does not tell. */
    public Optional<Long> largest() {
        return begun ? told(LARGEST) : Optional.empty();
    }

    private static Optional<Long> told(String figure) {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(figure))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
