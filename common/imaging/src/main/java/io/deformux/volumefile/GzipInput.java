package io.deformux.volumefile;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses gzip (RFC 1952), one or more members. Unlike {@link java.util.zip.GZIPInputStream} it does not pass over
 * bytes behind the last member in silence: a scan whose tail is damaged must not look whole. Zeros up to the end are none,
 * since devices and tapes fill their blocks with them (as gzip itself takes it).
 *
 * <p>Throws {@link EOFException} where the file ends early and {@link ZipException} where it is damaged. Not for more
 * than one thread.
 */
public final class GzipInput extends InputStream {
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int length;
    private boolean ended;

    /** Reads the first member's header. */
    public GzipInput(InputStream in) throws IOException {
        this.in = in;
        try {
            memberHeader();
        } catch (IOException e) {
            inflater.end();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, to.length);
        if (count == 0) {
            return 0;
        }
        while (!ended) {
            int n = inflate(to, offset, count);
            if (n > 0) {
                crc.update(to, offset, n);
                return n;
            }
            if (inflater.finished()) {
                position = length - inflater.getRemaining();
                memberTrailer();
                if (zerosToTheEnd()) {
                    ended = true;
                } else {
                    memberHeader();
                }
            } else if (inflater.needsDictionary()) {
                throw new ZipException("preset dictionary");
            } else {
                if (atEnd()) {
                    throw new EOFException();
                }
                inflater.setInput(buffer, position, length - position);
                position = length;
            }
        }
        return -1;
    }

    private int inflate(byte[] to, int offset, int count) throws ZipException {
        try {
            return inflater.inflate(to, offset, count);
        } catch (DataFormatException e) {
            throw (ZipException) new ZipException("deflate stream damaged").initCause(e);
        }
    }

    private void memberHeader() throws IOException {
        if (next() != 0x1f || next() != 0x8b || next() != 8) {
            throw new ZipException("not a gzip member");
        }
        int flags = next();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("reserved gzip flags");
        }
        skip(6); // time, level, operating system
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        crc.reset();
    }

    private void memberTrailer() throws IOException {
        if (nextInt() != crc.getValue() || nextInt() != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("gzip checksum or length differs");
        }
    }

    /** Passes over zeros; throws where anything follows them. */
    private boolean zerosToTheEnd() throws IOException {
        boolean padded = false;
        while (!atEnd() && buffer[position] == 0) {
            padded = true;
            position++;
        }
        if (padded && !atEnd()) {
            throw new ZipException("zeros between gzip members");
        }
        return atEnd();
    }

    private boolean atEnd() throws IOException {
        if (position < length) {
            return false;
        }
        position = 0;
        length = Math.max(0, in.read(buffer));
        return length == 0;
    }

    private int next() throws IOException {
        if (atEnd()) {
            throw new EOFException();
        }
        return buffer[position++] & 0xff;
    }

    private long nextInt() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private void skip(int count) throws IOException {
        for (int n = 0; n < count; n++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // to the terminating zero
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
