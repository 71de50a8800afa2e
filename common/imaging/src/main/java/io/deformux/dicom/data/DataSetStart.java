package io.deformux.dicom.data;

import java.nio.ByteOrder;

/**
 * What the first bytes of a data set tell of its encoding, whatever is said elsewhere. The groups that a data set begins
 * with are low numbers, so the byte order is the one that makes them so; and the letters of a value representation, read as
 * half a length, would be a first element of 16 KiB or more.
 */
final class DataSetStart {
    /** Bytes that {@link #isDataSet} needs: the first element of an object is short. */
    static final int BYTES = 512;

    private static final int ITEM_GROUP = 0xfffe;
    private static final int META = 0x0002;
    private static final int FIRST_GROUP = 0x0008;
    private static final int PATIENT_GROUP = 0x0010;
    private static final int HEAD = 8;

    private DataSetStart() {}

    /**
     * The encoding that the first element shows.
     *
     * @param start its first 6 bytes; of fewer nothing is concluded
     * @param stated the encoding that it should have
     */
    static Encoding encoding(byte[] start, Encoding stated) {
        if (start.length < 6) {
            return stated;
        }
        int asStated = ByteSource.number(start, 0, stated.order());
        if (asStated == ITEM_GROUP) {
            return stated;
        }
        ByteOrder other = stated.order() == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteOrder order = ByteSource.number(start, 0, other) < asStated ? other : stated.order();
        boolean explicit = Vr.of(start[4], start[5]).isPresent()
                || stated.explicitVr() && UnknownVr.printable(start[4]) && UnknownVr.printable(start[5]);
        return new Encoding(explicit, order);
    }

    /**
     * Whether these bytes begin an object that has no preamble: an element of the first groups, and behind it a later one.
     *
     * @param start the first {@link #BYTES} bytes, fewer at the end
     */
    static boolean isDataSet(byte[] start) {
        Encoding encoding = encoding(start, Encoding.IMPLICIT_LITTLE);
        if (start.length < HEAD) {
            return false;
        }
        int group = ByteSource.number(start, 0, encoding.order());
        long next = HEAD + length(start, encoding);
        if (group != META && group != FIRST_GROUP || next % 2 != 0 || next + 4 > start.length) {
            return false;
        }
        int second = (int) next;
        int secondGroup = ByteSource.number(start, second, encoding.order());
        int secondElement = ByteSource.number(start, second + 2, encoding.order());
        boolean later = secondGroup > group
                || secondGroup == group && secondElement > ByteSource.number(start, 2, encoding.order());
        return later && secondGroup <= PATIENT_GROUP;
    }

    /** The bytes of the first element behind its first 8. */
    private static long length(byte[] start, Encoding encoding) {
        int low = ByteSource.number(start, 4, encoding.order());
        int high = ByteSource.number(start, 6, encoding.order());
        if (!encoding.explicitVr()) {
            return encoding.order() == ByteOrder.LITTLE_ENDIAN ? (long) high << 16 | low : (long) low << 16 | high;
        }
        boolean longForm = Vr.of(start[4], start[5]).map(Vr::longForm).orElse(false);
        return longForm && start.length >= 12 ? 4 + (long) ByteSource.number(start, 8, encoding.order()) : high;
    }
}
