package io.deformux.dicom.pixel;

import static io.deformux.failure.FailureCode.DICOM_MALFORMED;

import io.deformux.failure.JobException;
import java.util.Arrays;

/** The boxes of a JP2 file (ISO/IEC 15444-1 Annex I). What they say of colours is not read. */
final class Jp2Boxes {
    /** The signature box, with which every JP2 file begins (section I.5.1): its length and type. */
    private static final long SIGNATURE = 0x0000000c6a502020L;

    private static final long CODE_STREAM = 0x6a703263;
    private static final int HEAD = 8;
    private static final int LONG_HEAD = 16;

    private Jp2Boxes() {}

    /** The code stream in the first box of type jp2c; bytes that do not begin with a signature are one already. */
    static byte[] codeStream(byte[] coded) {
        if (coded.length < HEAD || CodedFrame.number(coded, 0, HEAD) != SIGNATURE) {
            return coded;
        }
        int at = 0;
        while (true) {
            long stated = CodedFrame.number(coded, at, 4);
            int head = stated == 1 ? LONG_HEAD : HEAD;
            long length = stated == 1 ? CodedFrame.number(coded, at + HEAD, HEAD) : stated;
            // A length of 0 reaches to the end (section I.4).
            long end = stated == 0 ? coded.length : at + length;
            if (stated != 0 && (length < head || end > coded.length || end < 0)) {
                throw new JobException(DICOM_MALFORMED, "a JPEG 2000 frame has a JP2 box that does not fit in it");
            }
            if (CodedFrame.number(coded, at + 4, 4) == CODE_STREAM) {
                return Arrays.copyOfRange(coded, at + head, (int) end);
            }
            at = (int) end;
        }
    }
}
