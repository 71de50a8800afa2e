package io.deformux.network.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** A part of a file, in memory, for which nothing is taken before it is known to be there. */
final class FileRange {

    private FileRange() {}

    /**
     * Reads exactly {@code length} bytes, to be read as little endian.
     *
     * @throws EOFException if the file ends before
     */
    static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
        if (position > file.size() - length) {
            throw new EOFException();
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }
}
