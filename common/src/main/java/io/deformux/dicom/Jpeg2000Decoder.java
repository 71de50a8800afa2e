package io.deformux.dicom;

import static io.deformux.failure.FailureCode.DICOM_MALFORMED;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import io.deformux.failure.JobException;

/** JPEG 2000 code streams (ISO/IEC 15444-1 Annex A, PS3.5 section 8.2.4), by the plugin of JAI Image I/O. */
final class Jpeg2000Decoder implements PixelDecoder {
    /** Start of code stream, and the image and tile size segment that has to follow it. */
    private static final long START = 0xff4fff51L;

    /** Each tile costs the decoder memory; scanners write one. */
    private static final long MAX_TILES = 4096;

    private final PluginReader plugin = new PluginReader(new J2KImageReaderSpi());

    @Override
    public void decode(Element pixelData, int frame, int frames, PixelFormat format, short[] samples) {
        byte[] coded = CodedFrame.bytes(pixelData, frame, frames);
        CodedFrame size = size(coded);
        size.requireFits(format);
        plugin.read(coded, format, samples);
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
        long tiles = ((right - 1) / tileWidth + 1) * ((bottom - 1) / tileHeight + 1);
        if (tiles > MAX_TILES) {
            throw malformed("has more than " + MAX_TILES + " tiles");
        }
        return new CodedFrame(bottom, right, components, (depth & 0x7f) + 1, depth >= 0x80);
    }

    private static JobException malformed(String what) {
        return new JobException(DICOM_MALFORMED, "a JPEG 2000 frame " + what);
    }
}
