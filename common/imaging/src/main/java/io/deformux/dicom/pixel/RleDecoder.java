package io.deformux.dicom.pixel;

import static io.deformux.failure.FailureCode.DICOM_MALFORMED;
import static io.deformux.failure.FailureCode.INPUT_TRUNCATED;

import io.deformux.dicom.data.Element;
import io.deformux.failure.JobException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * RLE Lossless (PS3.5 Annex G): a header of 16 little endian numbers (how many segments, where each starts), then one
 * byte-run coded segment per byte of a sample, the most significant first. The last run of a segment may be longer than its
 * plane, as encoders make it that code an even number of bytes.
 */
final class RleDecoder implements PixelDecoder {
    private static final int HEADER = 64;

    @Override
    public void decode(Element pixelData, int frame, int frames, PixelFormat format, short[] samples) {
        Element.Fragments element = (Element.Fragments) pixelData;
        byte[] coded = element.offsetTable().frame(element.fragments(), frame, frames);
        if (coded.length < HEADER) {
            throw truncated();
        }
        ByteBuffer header = ByteBuffer.wrap(coded).order(ByteOrder.LITTLE_ENDIAN);
        int segments = format.bitsAllocated() / 8;
        if (header.getInt(0) != segments) {
            throw new JobException(DICOM_MALFORMED, "an RLE frame has not one segment per byte of a sample");
        }
        Arrays.fill(samples, (short) 0);
        for (int segment = 0; segment < segments; segment++) {
            long from = offset(header, segment);
            long to = segment + 1 < segments ? offset(header, segment + 1) : coded.length;
            if (from < HEADER || to < from || to > coded.length) {
                throw new JobException(DICOM_MALFORMED, "an RLE segment lies outside its frame");
            }
            addSegment(coded, (int) from, (int) to, samples);
        }
    }

    private static long offset(ByteBuffer header, int segment) {
        return Integer.toUnsignedLong(header.getInt(4 * (segment + 1)));
    }

    /** Shifts each sample up by a byte and fills in the bytes of one segment (PS3.5 section G.3.2). */
    private static void addSegment(byte[] coded, int from, int to, short[] samples) {
        int at = from;
        int n = 0;
        while (n < samples.length) {
            if (at >= to) {
                throw truncated();
            }
            int control = coded[at++];
            if (control == -128) {
                continue;
            }
            boolean literal = control >= 0;
            int length = literal ? control + 1 : 1 - control;
            int taken = literal ? length : 1;
            if (at + taken > to) {
                throw truncated();
            }
            if (n + length > samples.length && at + taken + 1 < to) {
                throw new JobException(DICOM_MALFORMED, "an RLE run goes beyond the end of its plane");
            }
            for (int r = 0; r < length && n < samples.length; r++) {
                samples[n] = (short) (samples[n] << 8 | coded[literal ? at + r : at] & 0xff);
                n++;
            }
            at += taken;
        }
    }

    private static JobException truncated() {
        return new JobException(INPUT_TRUNCATED, "an RLE frame ends early: transfer the file again");
    }
}
