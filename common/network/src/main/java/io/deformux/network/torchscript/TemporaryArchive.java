package io.deformux.network.torchscript;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file in the temporary folder through which one module is loaded. A process that is killed meanwhile leaves it there;
 * whoever makes the next one deletes those that nobody has written to for longer than a load takes.
 */
final class TemporaryArchive implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryArchive.class);
    private static final String PREFIX = "deformux-module-";
    private static final String SUFFIX = ".pt";
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path file;

    private TemporaryArchive(Path file) {
        this.file = file;
    }

    /** Makes one in the system's temporary folder. */
    static TemporaryArchive create() throws IOException {
        return in(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static TemporaryArchive in(Path folder) throws IOException {
        deleteAbandoned(folder);
        return new TemporaryArchive(Files.createTempFile(folder, PREFIX, SUFFIX));
    }

    Path file() {
        return file;
    }

    /** What cannot be deleted, as another user's, stays: it keeps nobody from loading. */
    private static void deleteAbandoned(Path folder) {
        Instant before = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path each : left) {
                if (Files.getLastModifiedTime(each).toInstant().isBefore(before)) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("{} cannot be looked through for abandoned archives", folder, e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
