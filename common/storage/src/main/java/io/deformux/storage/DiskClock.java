package io.deformux.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The clock by which a disk times its files. What it timed is compared with this and never with the clock of this process:
 * that of a file server may differ, and a clock that somebody sets would make all look abandoned. For all threads.
 *
 * <p>Where nothing can be written, as on a full disk that is to be cleaned, it is the clock of this process after all.
 */
public final class DiskClock {
    private DiskClock() {}

    /**
     * Now, by the disk of a folder; writes a file there for a moment.
     *
     * @param prefix of its name
     * @param suffix of its name
     */
    public static Instant now(Path folder, String prefix, String suffix) {
        try {
            Path probe = Files.createTempFile(folder, prefix, suffix);
            try {
                return Files.getLastModifiedTime(probe).toInstant();
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            return Instant.now();
        }
    }
}
