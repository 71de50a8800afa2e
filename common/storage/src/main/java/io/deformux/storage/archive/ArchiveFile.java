package io.deformux.storage.archive;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.IoReason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An object as its disk gives it. A disk that fails is a {@link JobException} STORAGE_UNAVAILABLE, a thread that is
 * interrupted one of JOB_CANCELLED; so an {@link IOException} of what reads the archive means damage.
 *
 * @param path where it is
 */
record ArchiveFile(Path path) {

    long size() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    InputStream stream() {
        try {
            return new FilterInputStream(Files.newInputStream(path)) {
                @Override
                public int read() {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) {
                    try {
                        return in.read(buffer, offset, length);
                    } catch (IOException e) {
                        throw failed(e);
                    }
                }
            };
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** To be read through {@link DirectoryBound}, which says of its failures the same. */
    SeekableByteChannel channel() {
        try {
            return Files.newByteChannel(path);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    static JobException failed(IOException e) {
        return e instanceof ClosedByInterruptException
                ? new JobException(FailureCode.JOB_CANCELLED, "the job was cancelled while its input was unpacked")
                : new JobException(FailureCode.STORAGE_UNAVAILABLE, "the archive could not be read: " + IoReason.of(e));
    }
}
