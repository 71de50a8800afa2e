package io.deformux.storage.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** How a tar or a single file may be compressed as a whole; known by the first bytes. */
enum Compression {
    /** Gzip (RFC 1952). */
    GZIP(0x1f, 0x8b) {
        @Override
        InputStream open(InputStream in) throws IOException {
            return new GZIPInputStream(in, BUFFER_BYTES);
        }
    },
    /** The .xz format (tukaani.org/xz/xz-file-format.txt). */
    XZ(0xfd, '7', 'z', 'X', 'Z', 0) {
        @Override
        InputStream open(InputStream in) throws IOException {
            return new XZInputStream(new BufferedInputStream(in, BUFFER_BYTES), MOST_XZ_KIB);
        }
    },
    /** None. */
    NONE() {
        @Override
        InputStream open(InputStream in) {
            return new BufferedInputStream(in, BUFFER_BYTES);
        }
    };

    private static final int BUFFER_BYTES = 1 << 16;

    /** {@code xz -9} needs 65 MiB. */
    private static final int MOST_XZ_KIB = 128 << 10;

    private final byte[] magic;

    Compression(int... magic) {
        this.magic = new byte[magic.length];
        for (int n = 0; n < magic.length; n++) {
            this.magic[n] = (byte) magic[n];
        }
    }

    /** The compression of a file that starts so. */
    static Compression of(byte[] start) {
        return Arrays.stream(values())
                .filter(each -> start.length >= each.magic.length
                        && Arrays.equals(start, 0, each.magic.length, each.magic, 0, each.magic.length))
                .findFirst()
                .orElse(NONE);
    }

    /** What was compressed. */
    abstract InputStream open(InputStream in) throws IOException;
}
