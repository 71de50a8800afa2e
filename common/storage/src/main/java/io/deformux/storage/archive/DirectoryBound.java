package io.deformux.storage.archive;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * A zip file that gives only so many bytes until {@link #lift()}: those of its central directory, which is read into
 * memory as a whole before any entry can be counted. Belongs to one job and one thread.
 */
final class DirectoryBound implements SeekableByteChannel {
    /** The header of an entry with name and extra fields: PKWARE APPNOTE 4.3.12 has 46 bytes without them. */
    private static final long BYTES_PER_ENTRY = 512;

    /** The search for the end record goes back over its comment in small steps (APPNOTE 4.3.16: at most 64 KiB). */
    private static final long END_RECORD_BYTES = 1L << 20;

    private final SeekableByteChannel file;
    private long left;

    DirectoryBound(SeekableByteChannel file, int maxEntries) {
        this.file = file;
        this.left = END_RECORD_BYTES + maxEntries * BYTES_PER_ENTRY;
    }

    /** The directory is read; the entries have limits of their own. */
    void lift() {
        left = Long.MAX_VALUE;
    }

    @Override
    public int read(ByteBuffer target) {
        int n = of(() -> file.read(target));
        left -= Math.max(n, 0);
        if (left < 0) {
            throw new JobException(
                    FailureCode.INPUT_TOO_LARGE,
                    "the archive lists more entries than are allowed; raise the limit on files if it is meant to");
        }
        return n;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return file.write(source);
    }

    @Override
    public long position() {
        return of(file::position);
    }

    @Override
    public SeekableByteChannel position(long position) {
        of(() -> file.position(position));
        return this;
    }

    @Override
    public long size() {
        return of(file::size);
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        file.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private interface FileCall<T> {
        T call() throws IOException;
    }

    private static <T> T of(FileCall<T> call) {
        try {
            return call.call();
        } catch (IOException e) {
            throw ArchiveFile.failed(e);
        }
    }
}
