package io.deformux.dicom.seg;

import java.io.IOException;
import java.io.OutputStream;

/**
 * One bit per pixel, the first in the least significant bit, frames one after another without a gap even within a byte
 * (PS3.5 section 8.1.1 and Annex D). Belongs to one thread.
 */
final class BitPacker {
    private final OutputStream out;
    private int pending;
    private int filled;

    BitPacker(OutputStream out) {
        this.out = out;
    }

    /** How many bytes so many pixels take, without padding to an even length. */
    static long bytes(long pixels) {
        return (pixels + 7) / 8;
    }

    /** Packs one frame: 1 where the label is the one asked for. */
    void put(byte[] labels, int label) throws IOException {
        byte wanted = (byte) label;
        byte[] whole = new byte[(filled + labels.length) / 8];
        int bits = pending;
        int at = filled;
        int next = 0;
        for (byte each : labels) {
            bits |= (each == wanted ? 1 : 0) << at;
            if (++at == 8) {
                whole[next++] = (byte) bits;
                bits = 0;
                at = 0;
            }
        }
        pending = bits;
        filled = at;
        out.write(whole);
    }

    /** Writes the last byte, if it was begun. */
    void finish() throws IOException {
        if (filled > 0) {
            out.write(pending);
            pending = 0;
            filled = 0;
        }
    }
}
