package io.deformux.testing.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A DICOM data set put together element by element in Explicit VR Little Endian (PS3.5 section 7.1.2), independently of the
 * product's own writer. Elements are added in the order of their tags.
 */
public final class DicomBytes {
    private static final int PREAMBLE = 128;
    private static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";
    private static final List<String> LONG_LENGTH = List.of("OB", "OW", "SQ", "UC", "UR", "UT");

    private final ByteArrayOutputStream elements = new ByteArrayOutputStream();

    /** Text of any kind; {@code UI} is filled up with a zero, everything else with a space. */
    public DicomBytes text(int tag, String vr, String value) {
        String even = value.length() % 2 == 0 ? value : value + (vr.equals("UI") ? "\0" : " ");
        return element(tag, vr, even.getBytes(StandardCharsets.US_ASCII));
    }

    /** Unsigned shorts ({@code US}). */
    public DicomBytes shorts(int tag, int... values) {
        return element(tag, "US", words(values));
    }

    /** Pixel data of 16 bits each. */
    public DicomBytes pixels(int... samples) {
        return element(0x7FE00010, "OW", words(samples));
    }

    /** A sequence whose items have these elements, all of stated length. */
    public DicomBytes sequence(int tag, DicomBytes... items) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        for (DicomBytes item : items) {
            byte[] content = item.elements.toByteArray();
            value.writeBytes(little(8)
                    .putShort((short) 0xFFFE)
                    .putShort((short) 0xE000)
                    .putInt(content.length)
                    .array());
            value.writeBytes(content);
        }
        return element(tag, "SQ", value.toByteArray());
    }

    /** The data set as a file (PS3.10 section 7.1) of an instance. */
    public byte[] file(String sopClass, String sopInstance) {
        DicomBytes meta = new DicomBytes()
                .element(0x00020001, "OB", new byte[] {0, 1})
                .text(0x00020002, "UI", sopClass)
                .text(0x00020003, "UI", sopInstance)
                .text(0x00020010, "UI", EXPLICIT_LITTLE)
                .text(0x00020012, "UI", "2.25.1");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[PREAMBLE]);
        file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        DicomBytes length = new DicomBytes()
                .element(
                        0x00020000, "UL", little(4).putInt(meta.elements.size()).array());
        file.writeBytes(length.elements.toByteArray());
        file.writeBytes(meta.elements.toByteArray());
        file.writeBytes(elements.toByteArray());
        return file.toByteArray();
    }

    private DicomBytes element(int tag, String vr, byte[] value) {
        ByteBuffer head = little(12)
                .putShort((short) (tag >>> 16))
                .putShort((short) tag)
                .put(vr.getBytes(StandardCharsets.US_ASCII));
        if (LONG_LENGTH.contains(vr)) {
            head.putShort((short) 0).putInt(value.length);
        } else {
            head.putShort((short) value.length);
        }
        elements.write(head.array(), 0, head.position());
        elements.writeBytes(value);
        return this;
    }

    private static byte[] words(int... values) {
        ByteBuffer words = little(2 * values.length);
        for (int value : values) {
            words.putShort((short) value);
        }
        return words.array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
