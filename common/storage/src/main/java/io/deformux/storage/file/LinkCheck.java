package io.deformux.storage.file;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Refuses a folder with a symbolic link in it that leads out of the roots; folders behind links are not walked. */
final class LinkCheck extends SimpleFileVisitor<Path> {
    private final FileRoots roots;

    LinkCheck(FileRoots roots) {
        this.roots = roots;
    }

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
