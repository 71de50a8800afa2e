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
    private static final int KIB = 1024;

    private boolean begun;

    /** Forgets what was the largest before. */
    public void beginAnew() {
        try {
            Files.writeString(CLEAR, "5");
            begun = true;
        } catch (IOException | UnsupportedOperationException e) {
            begun = false; // then it is not known
        }
    }

    /** In bytes; empty where the system does not tell. */
    public Optional<Long> largest() {
        if (!begun) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(LARGEST))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
