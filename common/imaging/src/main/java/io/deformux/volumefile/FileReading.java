package io.deformux.volumefile;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * What to read from the stream of a file, which supports marks.
 *
 * @param <T> what it is read as
 */
public interface FileReading<T> {
    /** So many bytes behind the voxels are passed over. */
    int MAX_TRAILING = 1 << 20;

    /**
     * Reads it.
     *
     * @param in the file from its first byte; left open
     * @param size how many bytes it has
     */
    T from(InputStream in, long size) throws IOException;

    /**
     * Opens a file for a reading and closes it.
     *
     * @param format what messages call it, as {@code NIfTI}
     * @throws JobException {@link FailureCode#INPUT_NOT_FOUND}, {@link FailureCode#INPUT_TRUNCATED}, {@link
     *     FailureCode#STORAGE_DENIED}, {@link FailureCode#STORAGE_UNAVAILABLE} and what the reading throws; no message
     *     carries a path
     */
    static <T> T of(Path file, String format, FileReading<T> reading) {
        try {
            if (Files.isDirectory(file)) {
                throw new NoSuchFileException(null);
            }
            long size = Files.size(file);
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                return reading.from(in, size);
            }
        } catch (NoSuchFileException e) {
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "there is no file at the reference", e);
        } catch (EOFException e) {
            throw new JobException(
                    FailureCode.INPUT_TRUNCATED,
                    "the " + format + " file ends before its last voxel: send it again",
                    e);
        } catch (ZipException e) {
            throw new JobException(
                    FailureCode.INPUT_TRUNCATED,
                    "the " + format + " file's gzip compression is damaged: send it again",
                    e);
        } catch (AccessDeniedException e) {
            throw new JobException(FailureCode.STORAGE_DENIED, "the worker may not read the " + format + " file", e);
        } catch (IOException e) {
            throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "the " + format + " file could not be read", e);
        }
    }

    /**
     * Refuses a file that goes on for long behind its voxels. Reading on to the end makes a compression check its checksum.
     */
    static void requireEnd(InputStream in, FailureCode code) throws IOException {
        if (in.readNBytes(MAX_TRAILING + 1).length > MAX_TRAILING) {
            throw new JobException(
                    code, "the file goes on after the voxels that its header states: is a dimension wrong?");
        }
    }

    /** Whether gzip begins here; leaves the stream where it is. */
    static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip;
    }
}
