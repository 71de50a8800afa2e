package io.deformux.dicom.series.slice;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The private header "CSA Image Header Info" of Siemens MR images: named lists of text values, in either of its two layouts
 * (as described in the documentation of nibabel, "Siemens format DICOM with CSA header").
 */
final class CsaHeader {
    private static final byte[] SECOND_LAYOUT = "SV10".getBytes(StandardCharsets.US_ASCII);
    private static final int NAME_BYTES = 64;
    private static final int MOST_TAGS = 1000;

    private final Map<String, List<String>> values = new HashMap<>();

    /** The header in these bytes; values behind damage are not there. */
    CsaHeader(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            boolean second = ByteBuffer.wrap(SECOND_LAYOUT).equals(in.slice(0, Math.min(4, bytes.length)));
            in.position(second ? 8 : 0);
            int tags = Math.min(in.getInt(), MOST_TAGS);
            in.getInt();
            int firstCount = -1;
            for (int n = 0; n < tags; n++) {
                String name = text(in, NAME_BYTES);
                in.position(in.position() + 12);
                int items = in.getInt();
                in.getInt();
                firstCount = firstCount < 0 ? items : firstCount;
                values.put(name, items(in, items, second ? 0 : firstCount, second));
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // What was read before stays; what is needed and lacks is refused by who needs it.
        }
    }

    /** The values of that name that are not empty. */
    List<String> values(String name) {
        return values.getOrDefault(name, List.of());
    }

    private static List<String> items(ByteBuffer in, int count, int tooMuch, boolean second) {
        List<String> items = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            int first = in.getInt();
            int other = in.getInt();
            in.position(in.position() + 8);
            int length = second ? other : first - tooMuch;
            String value = text(in, length);
            in.position(in.position() + (4 - length % 4) % 4);
            if (!value.isEmpty()) {
                items.add(value);
            }
        }
        return items;
    }

    /** Text up to a zero. */
    private static String text(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("longer than the header");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int zero = text.indexOf(0);
        return (zero < 0 ? text : text.substring(0, zero)).strip();
    }
}
