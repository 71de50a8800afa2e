package io.deformux.storage;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Counts what an input brings and stops it at the limits, by the bytes that really come and not by those announced. It
 * is also where a cancelled job stops reading, and one whose input trickles. Belongs to one job and one thread.
 */
public final class InputMeter {
    private static final double GIGABYTE = 1e9;

    private final InputLimits limits;
    private final long start = System.nanoTime();
    private long bytes;
    private int files;
    private int folders;

    InputMeter(InputLimits limits) {
        this.limits = limits;
    }

    /** The bytes that came so far. */
    public long bytes() {
        return bytes;
    }

    /** The files that came so far. */
    public int files() {
        return files;
    }

    /**
     * One more file.
     *
     * @throws JobException INPUT_TOO_LARGE
     */
    public void addFile() {
        if (++files > limits.maxFiles()) {
            throw tooMany("files");
        }
    }

    /**
     * One more folder; as many as files are allowed, so that a tree of empty folders ends too.
     *
     * @throws JobException INPUT_TOO_LARGE
     */
    public void addFolder() {
        if (++folders > limits.maxFiles()) {
            throw tooMany("folders");
        }
    }

    /**
     * Refuses early what announces more bytes than are left; counts nothing.
     *
     * @throws JobException INPUT_TOO_LARGE
     */
    public void announce(long announced) {
        if (announced > limits.maxBytes() - bytes) {
            throw new JobException(
                    FailureCode.INPUT_TOO_LARGE,
                    "the input has more than " + limits.maxBytes() + " bytes; raise the limit if it is meant to");
        }
    }

    /**
     * The same of what is to come into a folder, whose disk must have room for it.
     *
     * @throws JobException INPUT_TOO_LARGE, STORAGE_FULL with the numbers, or SCRATCH_UNAVAILABLE
     */
    public void announce(long announced, Path folder) {
        announce(announced);
        long free = free(folder);
        if (announced > free) {
            throw new JobException(
                    FailureCode.STORAGE_FULL,
                    String.format(
                            Locale.ROOT,
                            "The input takes %.1f GB in the scratch folder, which has %.1f GB free.",
                            announced / GIGABYTE,
                            free / GIGABYTE));
        }
    }

    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new JobException(
                    FailureCode.SCRATCH_UNAVAILABLE,
                    "the scratch folder cannot be looked at: " + IoReason.of(e) + "; look at its disk");
        }
    }

    /**
     * A stream that counts what is read through it; reading throws {@link JobException} INPUT_TOO_LARGE at the limit
     * and what {@link #checkTime} throws.
     */
    public InputStream count(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                add(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int n = super.read(buffer, offset, length);
                add(Math.max(n, 0));
                return n;
            }

            @Override
            public long skip(long n) throws IOException {
                long skipped = super.skip(n);
                add(skipped);
                return skipped;
            }
        };
    }

    /**
     * Whether the input may go on coming; for waits in which no bytes are counted.
     *
     * @throws JobException JOB_CANCELLED if the thread was interrupted, STORAGE_UNAVAILABLE after the time allowed
     */
    public void checkTime() {
        if (Thread.currentThread().isInterrupted()) {
            throw new JobException(FailureCode.JOB_CANCELLED, "the job was cancelled while its input was read");
        }
        if (System.nanoTime() - start > limits.maxTime().toNanos()) {
            throw new JobException(
                    FailureCode.STORAGE_UNAVAILABLE,
                    "the input took longer than " + limits.maxTime().toSeconds()
                            + " s to come; try again when the storage is less busy, or raise the limit");
        }
    }

    private void add(long n) {
        checkTime();
        announce(n);
        bytes += n;
    }

    private JobException tooMany(String what) {
        return new JobException(
                FailureCode.INPUT_TOO_LARGE,
                "the input has more than " + limits.maxFiles() + " " + what + "; raise the limit if it is meant to");
    }
}
