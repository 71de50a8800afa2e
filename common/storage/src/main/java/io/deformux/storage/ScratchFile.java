package io.deformux.storage;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A new file in a scratch directory, being written. A disk that is full or fails is a {@link JobException} STORAGE_FULL
 * or SCRATCH_UNAVAILABLE, so that an {@link IOException} of a copy comes from where the bytes come from.
 */
public final class ScratchFile extends OutputStream {
    private final OutputStream out;

    private ScratchFile(OutputStream out) {
        this.out = out;
    }

    /** Makes a file that was not there. */
    public static ScratchFile create(Path path) {
        try {
            return new ScratchFile(
                    Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    /** Makes a folder that was not there. */
    public static Path folder(Path path) {
        try {
            return Files.createDirectory(path);
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    /** Makes a folder and those above it that are not there. */
    public static void folders(Path path) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    /** Whether a file can be made there: nothing is there, and nothing above it, up to that folder, is a file. */
    public static boolean isFree(Path file, Path folder) {
        for (Path above = file.getParent(); !above.equals(folder); above = above.getParent()) {
            if (Files.isRegularFile(above)) {
                return false;
            }
        }
        return !Files.exists(file);
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    private static JobException notKept(IOException e) {
        return new JobException(
                DiskFull.or(FailureCode.SCRATCH_UNAVAILABLE, e),
                "the input cannot be kept in the scratch folder: " + IoReason.of(e) + "; look at its disk");
    }
}
