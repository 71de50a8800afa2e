package io.deformux.storage.file;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Digest;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.InputLimits;
import io.deformux.storage.InputMeter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Reads a local file or folder once, to its digest, within the roots and limits. Belongs to one job and one thread. */
final class FileInput extends SimpleFileVisitor<Path> {
    private final FileRoots roots;
    private final InputMeter meter;
    private final List<String> digests = new ArrayList<>();

    private FileInput(FileRoots roots, InputMeter meter) {
        this.roots = roots;
        this.meter = meter;
    }

    /** Reads {@code path}, a real path inside the roots. */
    static FetchedInput read(Path path, FileRoots roots, InputLimits limits) throws IOException {
        FileInput input = new FileInput(roots, limits.meter());
        Files.walkFileTree(path, input);
        String sha256 = Files.isDirectory(path) ? Digest.ofAll(input.digests) : input.digests.get(0);
        return new FetchedInput(path, sha256, input.meter.bytes(), input.meter.files());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        meter.addFolder();
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Path target = attributes.isSymbolicLink() ? linked(file) : file;
        // A pipe or device would block or never end.
        if (!Files.isRegularFile(target)) {
            throw new JobException(
                    FailureCode.REFERENCE_NOT_ALLOWED,
                    "the input holds a linked folder, pipe, socket or device; only files, folders and links to files"
                            + " are read");
        }
        meter.addFile();
        meter.announce(Files.size(target));
        try (InputStream in = meter.count(Files.newInputStream(target))) {
            digests.add(Digest.of(in));
        }
        return FileVisitResult.CONTINUE;
    }

    private Path linked(Path link) throws IOException {
        try {
            return roots.admit(link);
        } catch (NoSuchFileException e) {
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "a symbolic link in the input leads nowhere");
        }
    }
}
