package io.deformux.dicom.data;

import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.INPUT_TRUNCATED;
import static io.deformux.failure.FailureCode.STORAGE_UNAVAILABLE;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Bytes in sequence with a hard end. Asking for more than is left fails before anything is allocated, and memory grows
 * only with bytes that have really arrived.
 */
final class ByteSource implements AutoCloseable {
    private static final int PACKED_BUFFER = 1 << 14;

    private final BufferedInputStream in;
    private final long end;
    private final FailureCode pastEnd;
    private final boolean packed;
    private long position;

    private ByteSource(InputStream in, long end, FailureCode pastEnd, boolean packed) {
        this.in = new BufferedInputStream(in);
        this.end = end;
        this.pastEnd = pastEnd;
        this.packed = packed;
    }

    /** The bytes of a stream that holds {@code size} of them. */
    static ByteSource of(InputStream in, long size) {
        return new ByteSource(in, size, INPUT_TRUNCATED, false);
    }

    /** What the rest of this source inflates to (raw deflate, PS3.5 section A.5), at most {@code limit} bytes. */
    ByteSource inflated(long limit) {
        Inflater inflater = new Inflater(true);
        InputStream stream = new InflaterInputStream(in, inflater) {
            @Override
            public void close() throws IOException {
                inflater.end();
                super.close();
            }
        };
        return new ByteSource(stream, limit, INPUT_TOO_LARGE, false);
    }

    /** Whether the bytes that come next begin a gzip file (RFC 1952). */
    boolean isGzip() {
        byte[] start = peek(2);
        return start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
    }

    /** What the gzip file that this source is holds, at most {@code limit} bytes. */
    ByteSource unpacked(long limit) {
        try {
            return new ByteSource(new GZIPInputStream(in, PACKED_BUFFER), limit, INPUT_TOO_LARGE, true);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Of what was unpacked, goes on to the end: there it is compared with its checksum. */
    void requireWhole() {
        if (!packed) {
            return;
        }
        byte[] passed = new byte[PACKED_BUFFER];
        try {
            for (int n = in.read(passed); n >= 0; n = in.read(passed)) {
                position += n;
                requireLeft(0, "a file");
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** How many bytes were taken so far. */
    long position() {
        return position;
    }

    /** The position that no read may pass. */
    long end() {
        return end;
    }

    boolean atEnd() {
        return peek(1).length == 0;
    }

    /** Up to {@code n} bytes without taking them; fewer only at the end. */
    byte[] peek(int n) {
        try {
            in.mark(n);
            byte[] bytes = in.readNBytes(n);
            in.reset();
            return bytes;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The tag that comes next, not taken. */
    int peekTag(ByteOrder order) {
        byte[] next = peek(4);
        if (next.length < 4) {
            throw tooShort(INPUT_TRUNCATED, "a tag");
        }
        return number(next, 0, order) << 16 | number(next, 2, order);
    }

    /** Fails unless {@code n} more bytes can be left; {@code what} holds them. */
    void requireLeft(long n, String what) {
        if (n > end - position) {
            throw tooShort(pastEnd, what + " of " + n + " bytes");
        }
    }

    /** Exactly {@code n} bytes. */
    byte[] take(long n) {
        requireLeft(n, "a value");
        try {
            byte[] bytes = in.readNBytes((int) n);
            if (bytes.length < n) {
                throw tooShort(INPUT_TRUNCATED, "a value of " + n + " bytes");
            }
            position += n;
            return bytes;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    int takeShort(ByteOrder order) {
        return number(take(2), 0, order);
    }

    /** Group and element, each a 16-bit number in this order. */
    int takeTag(ByteOrder order) {
        int group = takeShort(order);
        return group << 16 | takeShort(order);
    }

    /** An unsigned 32-bit number. */
    long takeInt(ByteOrder order) {
        long first = takeShort(order);
        long second = takeShort(order);
        return order == ByteOrder.LITTLE_ENDIAN ? second << 16 | first : first << 16 | second;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The unsigned 16-bit number at {@code at}. */
    static int number(byte[] b, int at, ByteOrder order) {
        int first = b[at] & 0xff;
        int second = b[at + 1] & 0xff;
        return order == ByteOrder.LITTLE_ENDIAN ? second << 8 | first : first << 8 | second;
    }

    private JobException tooShort(FailureCode code, String what) {
        return code == INPUT_TOO_LARGE
                ? new JobException(code, "the compressed data set is larger than the " + end + " bytes allowed")
                : new JobException(code, "the file ends within " + what + ": transfer it again");
    }

    private static JobException failed(IOException e) {
        if (e instanceof EOFException || e instanceof ZipException) {
            return new JobException(
                    INPUT_TRUNCATED, "the compressed data set is damaged or ends early: transfer the file again", e);
        }
        return new JobException(STORAGE_UNAVAILABLE, "a file could not be read", e);
    }
}
