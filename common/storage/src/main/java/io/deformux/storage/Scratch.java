package io.deformux.storage;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job's own directory, readable by its owner only and deleted with everything in it on {@link #close()}. Belongs to
 * one job.
 */
public final class Scratch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

    private final Path path;

    private Scratch(Path path) {
        this.path = path;
    }

    /**
     * Makes a new directory.
     *
     * @param parent where; made if it is not there
     * @throws JobException SCRATCH_UNAVAILABLE or STORAGE_FULL if it cannot be made
     */
    public static Scratch in(Path parent) {
        try {
            return new Scratch(Files.createTempDirectory(Files.createDirectories(parent), ".job-"));
        } catch (IOException e) {
            throw new JobException(
                    DiskFull.or(FailureCode.SCRATCH_UNAVAILABLE, e),
                    "no scratch directory can be made (" + IoReason.of(e) + "); check the configured folder",
                    e);
        }
    }

    /** The directory. */
    public Path path() {
        return path;
    }

    /** Deletes the directory; links in it are deleted and not followed. What cannot be deleted is logged. */
    @Override
    public void close() {
        try {
            deleteTree(path);
        } catch (IOException e) {
            LOG.warn("scratch directory {} could not be deleted: {}", path, IoReason.of(e));
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.notExists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
