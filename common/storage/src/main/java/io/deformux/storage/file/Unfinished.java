package io.deformux.storage.file;

import io.deformux.storage.FolderTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/** What is not yet shown at an output location: the folder of an attempt, or a file being written. Its name is hidden. */
record Unfinished(Path path) {
    /** How its name begins or ends, whichever of the two it is. */
    static final String ANY = "{.attempt-*,.*.part}";

    private static final String ATTEMPT = ".attempt-";
    private static final String PART = ".part";

    /** What an attempt stages beside the outputs of its job. */
    static Unfinished attempt(Path job, String id) {
        return new Unfinished(job.resolve(ATTEMPT + id));
    }

    /** A file of nobody else's beside the output that it becomes. */
    static Unfinished file(Path output) {
        return new Unfinished(output.resolveSibling("." + UUID.randomUUID() + PART));
    }

    /** Whether it has a name that one of these has. */
    boolean hasItsName() {
        String name = String.valueOf(path.getFileName());
        return name.startsWith(ATTEMPT) || name.startsWith(".") && name.endsWith(PART);
    }

    /** Whether nobody has written to it since then; no if it is gone, since its owner has finished. */
    boolean isUntouchedSince(Instant time) throws IOException {
        try {
            return lastTouched().isBefore(time);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Instant lastTouched() throws IOException {
        Instant last = Files.getLastModifiedTime(path).toInstant();
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
                for (Path file : files) {
                    Instant touched = Files.getLastModifiedTime(file).toInstant();
                    last = touched.isAfter(last) ? touched : last;
                }
            }
        }
        return last;
    }

    void delete() throws IOException {
        new FolderTree(path).delete();
    }
}
