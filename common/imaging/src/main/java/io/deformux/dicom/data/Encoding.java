package io.deformux.dicom.data;

import java.nio.ByteOrder;

/**
 * How data elements are laid out (PS3.5 section 7.1).
 *
 * @param explicitVr whether each element names its representation
 * @param order the byte order of tags, lengths and numbers
 */
public record Encoding(boolean explicitVr, ByteOrder order) {
    /** Implicit VR little endian. */
    public static final Encoding IMPLICIT_LITTLE = new Encoding(false, ByteOrder.LITTLE_ENDIAN);
    /** Explicit VR little endian. */
    public static final Encoding EXPLICIT_LITTLE = new Encoding(true, ByteOrder.LITTLE_ENDIAN);
    /** Explicit VR big endian. */
    public static final Encoding EXPLICIT_BIG = new Encoding(true, ByteOrder.BIG_ENDIAN);
}
