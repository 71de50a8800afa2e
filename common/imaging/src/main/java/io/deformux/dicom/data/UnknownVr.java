package io.deformux.dicom.data;

import java.nio.ByteOrder;

/**
 * Finds the length of an element whose two letters name no value representation, so that it can be skipped or, where the
 * data dictionary knows it, read. Letters that cannot be printed are no representation at all: the element is implicit.
 * Behind others stands a length of 16 bits, as {@code ??} is written, or two zeros and 32 bits, as later versions of the
 * standard have it for all that they add (PS3.5 section 6.2).
 */
final class UnknownVr {
    private static final int ITEM_GROUP = 0xfffe;

    private final ByteSource source;
    private final ByteOrder order;

    /** For elements of a source in that byte order. */
    UnknownVr(ByteSource source, ByteOrder order) {
        this.source = source;
        this.order = order;
    }

    /** Takes the length of the element, of which tag and letters were taken. */
    long takeLength(int tag, byte[] letters) {
        if (!printable(letters[0]) || !printable(letters[1])) {
            return implicitLength(letters);
        }
        byte[] next = source.peek(8);
        boolean zeros = next.length > 1 && next[0] == 0 && next[1] == 0;
        if (zeros && !elementFollows(tag, next)) {
            source.take(2);
            return source.takeInt(order);
        }
        return source.takeShort(order);
    }

    static boolean printable(int letter) {
        return letter >= ' ' && letter <= '~';
    }

    private long implicitLength(byte[] firstHalf) {
        long first = ByteSource.number(firstHalf, 0, order);
        long second = source.takeShort(order);
        return order == ByteOrder.LITTLE_ENDIAN ? second << 16 | first : first << 16 | second;
    }

    /** Whether a length of 0 was just read: then comes a later tag with a representation of its own, or a delimiter. */
    private boolean elementFollows(int tag, byte[] next) {
        if (next.length < 6) {
            return true;
        }
        int group = ByteSource.number(next, 2, order);
        int following = group << 16 | ByteSource.number(next, 4, order);
        boolean later = Integer.compareUnsigned(following, tag) > 0;
        boolean named = next.length == 8 && Vr.of(next[6], next[7]).isPresent();
        return group == ITEM_GROUP || later && named;
    }
}
