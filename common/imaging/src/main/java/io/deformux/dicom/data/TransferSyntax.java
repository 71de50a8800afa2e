package io.deformux.dicom.data;

import static io.deformux.failure.FailureCode.DICOM_TRANSFER_SYNTAX_UNSUPPORTED;

import io.deformux.failure.JobException;
import java.nio.ByteOrder;

/**
 * How a data set is encoded (PS3.5 chapter 10 and Annex A).
 *
 * @param uid the UID
 * @param encoding the layout of its elements
 * @param deflated whether the data set is a raw deflate stream
 * @param encapsulated whether Pixel Data comes in fragments
 */
public record TransferSyntax(String uid, Encoding encoding, boolean deflated, boolean encapsulated) {

    /** Implicit VR Little Endian. */
    public static final TransferSyntax IMPLICIT_LITTLE =
            new TransferSyntax("1.2.840.10008.1.2", Encoding.IMPLICIT_LITTLE, false, false);

    /** Explicit VR Little Endian. */
    public static final TransferSyntax EXPLICIT_LITTLE =
            new TransferSyntax("1.2.840.10008.1.2.1", Encoding.EXPLICIT_LITTLE, false, false);

    /** Deflated Explicit VR Little Endian. */
    public static final TransferSyntax DEFLATED =
            new TransferSyntax("1.2.840.10008.1.2.1.99", Encoding.EXPLICIT_LITTLE, true, false);

    /** Explicit VR Big Endian (retired, still in archives). */
    public static final TransferSyntax EXPLICIT_BIG =
            new TransferSyntax("1.2.840.10008.1.2.2", Encoding.EXPLICIT_BIG, false, false);

    /** RLE Lossless. */
    public static final TransferSyntax RLE = encapsulated("1.2.840.10008.1.2.5");

    /** JPEG Baseline, 8 bit, lossy. */
    public static final TransferSyntax JPEG_BASELINE = encapsulated("1.2.840.10008.1.2.4.50");

    /** JPEG Extended, lossy. */
    public static final TransferSyntax JPEG_EXTENDED = encapsulated("1.2.840.10008.1.2.4.51");

    /** JPEG Lossless, any predictor. */
    public static final TransferSyntax JPEG_LOSSLESS = encapsulated("1.2.840.10008.1.2.4.57");

    /** JPEG Lossless, first-order prediction (selection value 1). */
    public static final TransferSyntax JPEG_LOSSLESS_SV1 = encapsulated("1.2.840.10008.1.2.4.70");

    /** JPEG-LS Lossless. */
    public static final TransferSyntax JPEG_LS = encapsulated("1.2.840.10008.1.2.4.80");

    /** JPEG-LS Near-Lossless. */
    public static final TransferSyntax JPEG_LS_NEAR = encapsulated("1.2.840.10008.1.2.4.81");

    /** JPEG 2000 Lossless Only. */
    public static final TransferSyntax JPEG_2000_LOSSLESS = encapsulated("1.2.840.10008.1.2.4.90");

    /** JPEG 2000, lossless or not. */
    public static final TransferSyntax JPEG_2000 = encapsulated("1.2.840.10008.1.2.4.91");

    private static final String STANDARD_ROOT = "1.2.840.10008.1.2.";

    /**
     * The syntax with this UID. Every standard one but the four native ones is explicit little endian with fragments
     * (PS3.5 section A.4), so its attributes can be read even where no decoder exists for its pixels.
     *
     * @throws JobException {@code DICOM_TRANSFER_SYNTAX_UNSUPPORTED} for a private syntax
     */
    public static TransferSyntax of(String uid) {
        for (TransferSyntax known : new TransferSyntax[] {IMPLICIT_LITTLE, EXPLICIT_LITTLE, DEFLATED, EXPLICIT_BIG}) {
            if (known.uid.equals(uid)) {
                return known;
            }
        }
        if (!uid.startsWith(STANDARD_ROOT)) {
            throw unsupported(uid);
        }
        return encapsulated(uid);
    }

    /**
     * What a data set turned out to have where this syntax was stated: with fragments it is still this one, without the one
     * of its encoding.
     */
    TransferSyntax found(Encoding actual, boolean inflated) {
        if (encapsulated) {
            return new TransferSyntax(uid, actual, false, true);
        }
        if (inflated) {
            return new TransferSyntax(uid, actual, true, false);
        }
        if (!actual.explicitVr()) {
            return new TransferSyntax(IMPLICIT_LITTLE.uid, actual, false, false);
        }
        return actual.order() == ByteOrder.LITTLE_ENDIAN ? EXPLICIT_LITTLE : EXPLICIT_BIG;
    }

    /** What to throw where nothing decodes the syntax with this UID: {@code DICOM_TRANSFER_SYNTAX_UNSUPPORTED}. */
    public static JobException unsupported(String uid) {
        return new JobException(
                DICOM_TRANSFER_SYNTAX_UNSUPPORTED,
                "no decoder for transfer syntax " + uid + ": send the series uncompressed (Explicit VR Little Endian)");
    }

    private static TransferSyntax encapsulated(String uid) {
        return new TransferSyntax(uid, Encoding.EXPLICIT_LITTLE, false, true);
    }
}
