package io.deformux.network.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The bytes of pickles, which end where they say or are refused. Takes no memory for what is not there. */
final class PickleInput {
    /** Pickles of weights take kilobytes; what is read of one is kept in memory. */
    static final long MOST_BYTES = 64L << 20;

    private static final int MOST_TEXT = 1 << 20;

    private final InputStream in;
    private final long size;
    private long position;

    /**
     * Reads from where {@code in} stands.
     *
     * @param size how many bytes may be read
     */
    PickleInput(InputStream in, long size) {
        this.in = in;
        this.size = size;
    }

    /** Reads one entry of an archive. */
    static PickleInput of(ByteBuffer bytes) {
        return new PickleInput(new ByteArrayInputStream(bytes.array()), bytes.remaining());
    }

    /** How many bytes were read. */
    long position() {
        return position;
    }

    int u8() throws IOException {
        return take(1).get() & 0xff;
    }

    int u16() throws IOException {
        return take(2).getShort() & 0xffff;
    }

    int i32() throws IOException {
        return take(4).getInt();
    }

    long i64() throws IOException {
        return take(8).getLong();
    }

    /** A float is the one number that pickles store with its high byte first. */
    double f64() throws IOException {
        return take(8).order(ByteOrder.BIG_ENDIAN).getDouble();
    }

    byte[] bytes(long length) throws IOException {
        return take(length).array();
    }

    String text(long length, Charset charset) throws IOException {
        try {
            return charset.newDecoder().decode(take(length)).toString();
        } catch (CharacterCodingException e) {
            throw CheckpointRefusal.because("a text in its pickle is not " + charset);
        }
    }

    /** Up to the next line feed, which is taken and not part of it. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = u8(); c != '\n'; c = u8()) {
            line.append((char) c);
            CheckpointRefusal.unless(
                    line.length() <= MOST_TEXT, "a name in its pickle is longer than " + MOST_TEXT + " bytes");
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private ByteBuffer take(long length) throws IOException {
        if (length > size - position) {
            throw new EOFException();
        }
        CheckpointRefusal.unless(
                length >= 0 && length <= MOST_TEXT,
                "a text in its pickle states " + length + " bytes; the limit is " + MOST_TEXT);
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        position += length;
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
