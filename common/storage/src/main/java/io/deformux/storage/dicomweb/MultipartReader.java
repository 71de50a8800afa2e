package io.deformux.storage.dicomweb;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Cuts a multipart body (RFC 2046 section 5.1) into its parts as it comes. Part headers are bounded and passed over.
 * Holds 64 KiB, whatever the parts hold. Belongs to one thread.
 */
final class MultipartReader {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_HEADER_BYTES = 1 << 14;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;

    /** How many bytes from {@link #start} on are known to belong to the part. */
    private int content;

    /** Whether the delimiter follows those bytes. */
    private boolean delimited;

    private boolean closed;

    /**
     * A body of which nothing was read yet.
     *
     * @param boundary as the content type has it, up to 70 characters
     */
    MultipartReader(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // The first delimiter may stand at the very beginning, without the line break that belongs to it.
        buffer[end++] = '\r';
        buffer[end++] = '\n';
    }

    /**
     * The content of the next part, or nothing after the last. What was not read of the part before is passed over.
     *
     * @throws IOException if the body is not multipart or ends before its closing delimiter
     */
    Optional<InputStream> next() throws IOException {
        if (closed) {
            return Optional.empty();
        }
        part.transferTo(OutputStream.nullOutputStream());
        start += delimiter.length;
        delimited = false;
        content = 0;
        int first = take();
        int second = take();
        if (first == '-' && second == '-') {
            closed = true;
            return Optional.empty();
        }
        skipHeaders(first, second);
        return Optional.of(part);
    }

    /** The current part; before the first it is the preamble. */
    private final InputStream part = new InputStream() {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (content == 0 && !delimited && length > 0) {
                look();
            }
            if (content == 0) {
                return length == 0 ? 0 : -1;
            }
            int n = Math.min(length, content);
            System.arraycopy(buffer, start, target, offset, n);
            start += n;
            content -= n;
            return n;
        }
    };

    /** Finds out how much of the buffer belongs to the part, after reading more where nothing is sure. */
    private void look() throws IOException {
        if (end - start < delimiter.length) {
            fill();
        }
        int last = end - delimiter.length;
        int at = start;
        while (at <= last && !delimiterAt(at)) {
            at++;
        }
        delimited = at <= last;
        content = at - start;
    }

    private boolean delimiterAt(int at) {
        for (int n = 0; n < delimiter.length; n++) {
            if (buffer[at + n] != delimiter[n]) {
                return false;
            }
        }
        return true;
    }

    /** The rest of the delimiter's line, then lines up to an empty one. */
    private void skipHeaders(int first, int second) throws IOException {
        int previous = second;
        int lineBytes = first == '\r' && second == '\n' ? 0 : 2;
        boolean delimiterLine = lineBytes != 0;
        for (int n = 0; n < MAX_HEADER_BYTES; n++) {
            int value = take();
            if (previous == '\r' && value == '\n') {
                if (lineBytes == 1 && !delimiterLine) {
                    return;
                }
                delimiterLine = false;
                lineBytes = 0;
            } else {
                lineBytes++;
            }
            previous = value;
        }
        throw new IOException("a part has headers of more than " + MAX_HEADER_BYTES + " bytes");
    }

    private int take() throws IOException {
        if (start == end) {
            fill();
        }
        return Byte.toUnsignedInt(buffer[start++]);
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        int n = in.read(buffer, end, buffer.length - end);
        if (n < 0) {
            throw new EOFException("it ends before its closing boundary");
        }
        end += n;
    }
}
