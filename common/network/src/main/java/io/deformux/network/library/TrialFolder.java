package io.deformux.network.library;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one trial, deleted with it. What trials have left whose process died in the middle is deleted when the next
 * one begins.
 */
final class TrialFolder implements AutoCloseable {
    /** Far beyond the time that a trial may take, so that no living one's is deleted. */
    static final Duration ABANDONED = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(TrialFolder.class);
    private static final String PREFIX = "deformux-trial-";

    private final Path path;

    private TrialFolder(Path path) {
        this.path = path;
    }

    /** Makes one in {@code parent}. */
    static TrialFolder in(Path parent) throws IOException {
        sweep(parent, Instant.now().minus(ABANDONED));
        return new TrialFolder(Files.createTempDirectory(parent, PREFIX));
    }

    private static void sweep(Path parent, Instant latest) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path each : all) {
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    trySweep(each, latest);
                }
            }
        }
    }

    private static void trySweep(Path folder, Instant latest) {
        try {
            if (Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(latest)) {
                new FileTree(folder).delete();
            }
        } catch (IOException e) { // another user's, or another process was faster
            LOG.debug("{} was left by a dead process and cannot be deleted", folder, e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        new FileTree(path).delete();
    }
}
