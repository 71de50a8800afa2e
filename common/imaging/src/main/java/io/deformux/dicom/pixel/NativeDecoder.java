package io.deformux.dicom.pixel;

import static io.deformux.failure.FailureCode.DICOM_MALFORMED;

import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.Vr;
import io.deformux.failure.JobException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Uncompressed samples (PS3.5 section 8.1 and Annex A.1 to A.3). More bytes than the frames have are let pass where they can
 * be no samples of theirs (PS3.5 section 8.1.1): less than a row of them, or less than a frame of nothing but zeros.
 */
final class NativeDecoder implements PixelDecoder {

    @Override
    public void decode(Element pixelData, int frame, int frames, PixelFormat format, short[] samples) {
        Element.Bytes element = (Element.Bytes) pixelData;
        long wanted = Math.multiplyExact(format.bytes(), (long) frames);
        byte[] bytes = element.value();
        // In 16-bit words of a big endian file the first of two 8-bit samples is the second byte.
        boolean swapped =
                format.bitsAllocated() == 8 && element.vr() == Vr.OW && element.order() == ByteOrder.BIG_ENDIAN;
        long least = swapped ? wanted + wanted % 2 : wanted;
        if (bytes.length < least || !isPadding(bytes, wanted, format)) {
            throw new JobException(
                    DICOM_MALFORMED,
                    Tag.PIXEL_DATA + " has " + bytes.length + " bytes where the header asks for " + wanted);
        }
        int count = samples.length;
        int from = Math.toIntExact(format.bytes() * frame);
        if (format.bitsAllocated() == 16) {
            ByteBuffer.wrap(bytes)
                    .order(element.order())
                    .position(from)
                    .asShortBuffer()
                    .get(samples, 0, count);
            return;
        }
        int swap = swapped ? 1 : 0;
        for (int n = 0; n < count; n++) {
            samples[n] = (short) (bytes[from + n ^ swap] & 0xff);
        }
    }

    private static boolean isPadding(byte[] bytes, long from, PixelFormat format) {
        long more = bytes.length - from;
        if (more <= 1 || more < format.bytes() / format.rows()) {
            return true;
        }
        for (int n = (int) from; n < bytes.length; n++) {
            if (bytes[n] != 0) {
                return false;
            }
        }
        return more < format.bytes();
    }
}
