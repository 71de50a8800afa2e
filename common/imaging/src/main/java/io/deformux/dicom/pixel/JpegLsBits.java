package io.deformux.dicom.pixel;

/**
 * The bits of a JPEG-LS scan, the most significant first. The byte after an FF has a stuffed zero bit in front; if that
 * bit is one, it is a marker and the scan is over (ISO/IEC 14495-1 section A.1).
 */
final class JpegLsBits {
    private final byte[] coded;
    private int at;
    private int current;
    private int left;

    JpegLsBits(byte[] coded, int at) {
        this.coded = coded;
        this.at = at;
    }

    int bit() {
        if (left == 0) {
            fill();
        }
        left--;
        return current >> left & 1;
    }

    /** The next {@code n} bits, up to 31, as a number. */
    int bits(int n) {
        int value = 0;
        for (int wanted = n; wanted > 0; ) {
            if (left == 0) {
                fill();
            }
            int taken = Math.min(wanted, left);
            left -= taken;
            value = value << taken | current >> left & (1 << taken) - 1;
            wanted -= taken;
        }
        return value;
    }

    /** A Golomb code of parameter {@code k} (section A.5.3). */
    int golomb(int k, int limit, int errorBits) {
        int escape = limit - errorBits - 1;
        int zeros = 0;
        while (bit() == 0) {
            if (++zeros > escape) {
                throw JpegHeader.malformed("has a code that is too long");
            }
        }
        return zeros < escape ? zeros << k | bits(k) : bits(errorBits) + 1;
    }

    /** Requires that only the end of the image follows, after bits of padding and fill bytes (10918-1 section B.1.1.2). */
    void requireEnd() {
        boolean afterFf = current == 0xff && at < coded.length && coded[at] >= 0;
        if (afterFf) {
            at++;
        }
        while (CodedFrame.number(coded, at, 2) == 0xffff) {
            at++;
        }
        if (CodedFrame.number(coded, at, 2) != 0xffd9) {
            throw JpegHeader.malformed("goes on after its last sample");
        }
    }

    private void fill() {
        if (at >= coded.length) {
            throw CodedFrame.truncated();
        }
        boolean stuffed = current == 0xff;
        int next = coded[at] & 0xff;
        boolean marker = stuffed ? next >= 0x80 : next == 0xff && at + 1 < coded.length && coded[at + 1] < 0;
        if (marker) {
            throw CodedFrame.truncated();
        }
        at++;
        current = next;
        left = stuffed ? 7 : 8;
    }
}
