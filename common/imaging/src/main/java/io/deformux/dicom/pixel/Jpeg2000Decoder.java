package io.deformux.dicom.pixel;

import static io.deformux.failure.FailureCode.DICOM_MALFORMED;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import io.deformux.dicom.data.Element;
import io.deformux.failure.JobException;
import java.util.Arrays;

/**
 * JPEG 2000 code streams (ISO/IEC 15444-1 Annex A, PS3.5 section 8.2.4), by the plugin of JAI Image I/O; bare, as they have to
 * be, or in the boxes of a JP2 file, as some devices write them.
 */
final class Jpeg2000Decoder implements PixelDecoder {
    /** Start of code stream, and the image and tile size segment that has to follow it. */
    private static final long START = 0xff4fff51L;

    /** Each tile costs the decoder memory; scanners write one. */
    private static final long MAX_TILES = 4096;

    private static final long MAX_LAYERS = 256;
    private static final long MAX_LEVELS = 16;

    private static final long CODING_STYLE = 0xff52;
    private static final long TILE_PART = 0xff90;
    private static final long START_OF_DATA = 0xff93;
    private static final long PACKED_MAIN = 0xff60;
    private static final long PACKED_TILE = 0xff61;
    private static final long END = 0xffd9;

    private final PluginReader plugin = new PluginReader(new J2KImageReaderSpi());

    @Override
    public void decode(Element pixelData, int frame, int frames, PixelFormat format, short[] samples) {
        byte[] coded = Jp2Boxes.codeStream(CodedFrame.bytes(pixelData, frame, frames));
        CodedFrame size = size(coded);
        size.requireFits(format);
        plugin.read(withEnd(coded, endOfTileParts(coded)), format, samples);
    }

    /** Reads the SIZ segment (section A.5.1). */
    private static CodedFrame size(byte[] coded) {
        if (CodedFrame.number(coded, 0, 4) != START) {
            throw malformed("does not start with its size");
        }
        long right = CodedFrame.number(coded, 8, 4);
        long bottom = CodedFrame.number(coded, 12, 4);
        long left = CodedFrame.number(coded, 16, 4);
        long top = CodedFrame.number(coded, 20, 4);
        long tileWidth = CodedFrame.number(coded, 24, 4);
        long tileHeight = CodedFrame.number(coded, 28, 4);
        int components = (int) CodedFrame.number(coded, 40, 2);
        int depth = (int) CodedFrame.number(coded, 42, 1);
        if (CodedFrame.number(coded, 43, 2) != 0x0101) {
            throw malformed("is subsampled");
        }
        if (left != 0 || top != 0 || CodedFrame.number(coded, 32, 4) != 0 || CodedFrame.number(coded, 36, 4) != 0) {
            throw malformed("does not start at the origin of its grid");
        }
        if (tileWidth == 0 || tileHeight == 0) {
            throw malformed("has empty tiles");
        }
        if (tiles(coded) > MAX_TILES) {
            throw malformed("has more than " + MAX_TILES + " tiles");
        }
        return new CodedFrame(bottom, right, components, (depth & 0x7f) + 1, depth >= 0x80);
    }

    private static long tiles(byte[] coded) {
        long across = (CodedFrame.number(coded, 8, 4) - 1) / CodedFrame.number(coded, 24, 4) + 1;
        return across * ((CodedFrame.number(coded, 12, 4) - 1) / CodedFrame.number(coded, 28, 4) + 1);
    }

    /**
     * The stream with its end marker, which some encoders leave out: where the only tile-part is whole, nothing is lost
     * with it.
     */
    private static byte[] withEnd(byte[] coded, int end) {
        byte[] whole = Arrays.copyOf(coded, end + 2);
        whole[end] = (byte) (END >> 8);
        whole[end + 1] = (byte) END;
        return whole;
    }

    /** Follows the marker segments of the main header and then the tile-parts (section A.4.2); gives where they end. */
    private static int endOfTileParts(byte[] coded) {
        int first = skipSegments(coded, 2, TILE_PART);
        int at = first;
        boolean more = true;
        while (more) {
            int data = skipSegments(coded, at, START_OF_DATA) + 2;
            long stated = CodedFrame.number(coded, at + 6, 4);
            long length = stated == 0 ? CodedFrame.endMarker(coded) - at : stated;
            if (length > coded.length - at) {
                throw CodedFrame.truncated();
            }
            if (length < 14) {
                throw malformed("has a tile-part that is shorter than its header");
            }
            at += (int) length;
            requireNoMarker(coded, data, at);
            more = at + 1 < coded.length && CodedFrame.number(coded, at, 2) == TILE_PART;
        }
        boolean alone = tiles(coded) == 1 && CodedFrame.number(coded, first + 11, 1) == 1;
        if (at + 1 >= coded.length && !alone) {
            throw CodedFrame.truncated();
        }
        if (at + 1 < coded.length && CodedFrame.number(coded, at, 2) != END) {
            throw malformed("has something else where a tile-part or its end has to be");
        }
        return at;
    }

    /** Gives where the first marker {@code end} is; packed packet headers (section A.7.4) are not read. */
    private static int skipSegments(byte[] coded, int from, long end) {
        int at = from;
        while (CodedFrame.number(coded, at, 2) != end) {
            long marker = CodedFrame.number(coded, at, 2);
            if (marker == PACKED_MAIN || marker == PACKED_TILE) {
                throw CodedFrame.unsupported("JPEG 2000 with packed packet headers");
            }
            if (marker == CODING_STYLE) {
                requireModest(coded, at + 4);
            }
            at += 2 + (int) CodedFrame.number(coded, at + 2, 2);
        }
        return at;
    }

    /**
     * Packets hold no marker but FF91 and FF92 (section A.1.3), and none ends in FF, which with the marker behind it would
     * be one; the plugin would read FF FF without end.
     */
    private static void requireNoMarker(byte[] coded, int from, int to) {
        for (int n = from; n < to; n++) {
            int next = n + 1 < to ? coded[n + 1] & 0xff : 0xff;
            if (coded[n] == -1 && next >= 0x90 && next != 0x91 && next != 0x92) {
                throw malformed("has a marker inside a packet");
            }
        }
    }

    /** Holds the counts that the decoder's time grows with to what the standard and scanners write (section A.6.1). */
    private static void requireModest(byte[] coded, int at) {
        long layers = CodedFrame.number(coded, at + 2, 2);
        long levels = CodedFrame.number(coded, at + 5, 1);
        if (layers < 1 || layers > MAX_LAYERS || levels > MAX_LEVELS) {
            throw malformed("has " + layers + " layers and " + levels + " levels");
        }
    }

    private static JobException malformed(String what) {
        return new JobException(DICOM_MALFORMED, "a JPEG 2000 frame " + what);
    }
}
