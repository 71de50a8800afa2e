package io.deformux.storage.file;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.IoReason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/**
 * Folders below the output roots that a job works in by itself, as a training does for hours. The rules are those of
 * {@link FileStorage}. Safe to share between threads.
 */
public final class OutputFolders {
    private final FileRoots roots;

    /** Folders below the output roots of {@code policy}. */
    public OutputFolders(AccessPolicy policy) {
        this.roots = new FileRoots(policy.outputRoots());
    }

    /**
     * Makes a folder at or below a reference, if it is not there, and looks through it for symbolic links that lead out of
     * the roots: a job writes to and reads from what it finds here.
     *
     * @param location a {@code file:} reference
     * @param below the folder's name below it, outer folders first
     * @return the folder as the reference names it
     * @throws JobException REFERENCE_UNSUPPORTED, REFERENCE_NOT_ALLOWED, or OUTPUT_FAILED if it cannot be made
     */
    public Path make(URI location, String... below) {
        if (!"file".equals(String.valueOf(location.getScheme()).toLowerCase(Locale.ROOT))) {
            throw new JobException(
                    FailureCode.REFERENCE_UNSUPPORTED, "a training writes to a file: folder that its workers share");
        }
        Path folder = roots.resolve(location);
        for (String name : below) {
            folder = folder.resolve(name);
        }
        try {
            Files.walkFileTree(roots.makeFolder(folder), new LinkCheck());
            return folder;
        } catch (IOException e) {
            // Not as the cause: its message holds the path.
            throw new JobException(FailureCode.OUTPUT_FAILED, "the output folder cannot be made: " + IoReason.of(e));
        }
    }

    /** Admits what links lead to; folders behind links are not walked. */
    private final class LinkCheck extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isSymbolicLink()) {
                try {
                    roots.admit(file);
                } catch (NoSuchFileException e) {
                    throw new JobException(
                            FailureCode.REFERENCE_NOT_ALLOWED,
                            "a symbolic link in the output folder leads nowhere; remove it");
                }
            }
            return FileVisitResult.CONTINUE;
        }

        /** Another worker's passing file is gone by now. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
