package io.deformux.dicom.pixel;

/**
 * The bits of a JPEG scan, the most significant first. A zero byte after an FF is stuffing; any other is a marker, before
 * which the bits end (ISO/IEC 10918-1 section F.1.2.3).
 */
final class JpegBits {
    private final byte[] coded;
    private int at;
    private long buffer;
    private int held;

    JpegBits(byte[] coded, int at) {
        this.coded = coded;
        this.at = at;
    }

    /** The next {@code n} bits, up to 32, not taken; zeros behind the end. */
    int peek(int n) {
        while (held < n && !atMarker()) {
            int next = coded[at] & 0xff;
            at += next == 0xff ? 2 : 1;
            buffer = buffer << 8 | next;
            held += 8;
        }
        long bits = held >= n ? buffer >>> held - n : buffer << n - held;
        return (int) (bits & (1L << n) - 1);
    }

    /** Takes {@code n} bits, up to 32, that have to be there. */
    void skip(int n) {
        peek(n);
        if (n > held) {
            throw CodedFrame.truncated();
        }
        held -= n;
    }

    /** Takes the padding and the restart marker (section F.1.1.5.2) that have to follow. */
    void restart() {
        while (CodedFrame.number(coded, at, 2) == 0xffff) {
            at++;
        }
        long marker = CodedFrame.number(coded, at, 2);
        if (held >= 8 || marker < 0xffd0 || marker > 0xffd7) {
            throw JpegHeader.malformed("has no restart marker where one has to be");
        }
        at += 2;
        held = 0;
    }

    private boolean atMarker() {
        return at >= coded.length || coded[at] == -1 && (at + 1 >= coded.length || coded[at + 1] != 0);
    }
}
