package io.deformux.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The jobs that a node has asked for and whose objects are still to be sent back: a file for each. Those that were asked for
 * while nobody was to get anything back are not among them. For all threads.
 */
final class OwnJobs {
    /** What the ids of a node's jobs begin with. */
    static final String PREFIX = "dicom-";

    private static final Pattern ID = Pattern.compile(PREFIX + "[0-9a-f]{32}");

    private final Path folder;
    private final boolean givenBack;

    /**
     * Those of a folder.
     *
     * @param givenBack whether objects of jobs that are asked for now are to be sent back
     */
    OwnJobs(Path folder, boolean givenBack) {
        this.folder = folder;
        this.givenBack = givenBack;
    }

    /** Before it is asked for. */
    void add(String jobId) throws IOException {
        if (givenBack && !Files.exists(file(jobId))) {
            Files.createFile(file(jobId));
            FolderSync.of(folder);
        }
    }

    /** Whether it is one of these; any text may be asked for. */
    boolean has(String jobId) {
        return ID.matcher(jobId).matches() && Files.exists(file(jobId));
    }

    /** There is nothing to be sent back any more. */
    void remove(String jobId) throws IOException {
        Files.deleteIfExists(file(jobId));
    }

    /** Those that were asked for before and have not come are not waited for any more. */
    void forget(Instant before) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Path file(String jobId) {
        return folder.resolve(jobId);
    }
}
