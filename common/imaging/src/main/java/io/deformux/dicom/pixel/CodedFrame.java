package io.deformux.dicom.pixel;

import static io.deformux.failure.FailureCode.DICOM_MALFORMED;
import static io.deformux.failure.FailureCode.DICOM_TRANSFER_SYNTAX_UNSUPPORTED;
import static io.deformux.failure.FailureCode.INPUT_TRUNCATED;

import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.failure.JobException;

/**
 * What a JPEG, JPEG-LS or JPEG 2000 stream says of its image. {@link #requireFits} runs before a decoder does, so no
 * stream makes a decoder reserve more than the image header announced.
 *
 * @param rows lines of the coded image
 * @param columns samples per line
 * @param components 1 for monochrome
 * @param precision bits per sample
 * @param signed whether samples are in two's complement; only JPEG 2000 can say so
 */
record CodedFrame(long rows, long columns, int components, int precision, boolean signed) {

    /**
     * Holds the stream against the attributes (PS3.5 section 8.2).
     *
     * @throws JobException {@code DICOM_MALFORMED} if they differ
     */
    void requireFits(PixelFormat format) {
        if (rows != format.rows() || columns != format.columns()) {
            throw new JobException(
                    DICOM_MALFORMED,
                    "a compressed frame is " + rows + " x " + columns + ", against " + Tag.ROWS + " and "
                            + Tag.COLUMNS);
        }
        if (components != 1) {
            throw new JobException(DICOM_MALFORMED, "a compressed frame has not one component");
        }
        boolean signLost = format.signed() && !signed && precision < format.bitsStored();
        if (precision < 2 || precision > format.bitsAllocated() || signLost) {
            throw new JobException(
                    DICOM_MALFORMED,
                    "a compressed frame has samples of " + precision + " bits, against "
                            + (signLost ? Tag.BITS_STORED : Tag.BITS_ALLOCATED));
        }
    }

    /** The bytes of one frame. */
    static byte[] bytes(Element pixelData, int frame, int frames) {
        Element.Fragments element = (Element.Fragments) pixelData;
        return element.offsetTable().frame(element.fragments(), frame, frames);
    }

    /**
     * The bytes of one frame with its end.
     *
     * @throws JobException {@code INPUT_TRUNCATED} if the end is not there
     */
    static byte[] wholeBytes(Element pixelData, int frame, int frames) {
        byte[] coded = bytes(pixelData, frame, frames);
        endMarker(coded);
        return coded;
    }

    /**
     * Where the end marker is, FF D9 for all three kinds of streams. Behind it there may be padding: zeros, or the FF that
     * some archives write.
     *
     * @throws JobException {@code INPUT_TRUNCATED} if it is not there
     */
    static int endMarker(byte[] coded) {
        int end = coded.length;
        while (end > 0 && (coded[end - 1] == 0 || coded[end - 1] == -1)) {
            end--;
        }
        if (end < 4 || coded[end - 2] != (byte) 0xff || coded[end - 1] != (byte) 0xd9) {
            throw truncated();
        }
        return end - 2;
    }

    /** The unsigned big endian number of {@code bytes} bytes at {@code at}. */
    static long number(byte[] coded, int at, int bytes) {
        if (at < 0 || at + bytes > coded.length) {
            throw truncated();
        }
        long value = 0;
        for (int n = 0; n < bytes; n++) {
            value = value << 8 | coded[at + n] & 0xff;
        }
        return value;
    }

    static JobException truncated() {
        return new JobException(INPUT_TRUNCATED, "a compressed frame ends early: transfer the file again");
    }

    static JobException unsupported(String what) {
        return new JobException(
                DICOM_TRANSFER_SYNTAX_UNSUPPORTED,
                "no decoder for " + what + ": send the series uncompressed (Explicit VR Little Endian)");
    }
}
