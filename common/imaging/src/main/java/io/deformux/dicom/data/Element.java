package io.deformux.dicom.data;

import java.nio.ByteOrder;
import java.util.List;

/** One data element of a data set: its number, its representation and one of three kinds of value. */
public sealed interface Element {

    /** The tag, group in the upper 16 bits. */
    int tag();

    /** The value representation. */
    Vr vr();

    /**
     * A value as it stands in the file.
     *
     * @param tag the tag
     * @param vr the representation
     * @param value the bytes with their padding; held, not copied
     * @param order the byte order of numbers in it
     */
    record Bytes(int tag, Vr vr, byte[] value, ByteOrder order) implements Element {}

    /**
     * A sequence of items.
     *
     * @param tag the tag
     * @param items the nested data sets in file order
     */
    record Items(int tag, List<DataSet> items) implements Element {

        /** Copies the list. */
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public Vr vr() {
            return Vr.SQ;
        }
    }

    /**
     * Encapsulated pixel data (PS3.5 section A.4).
     *
     * @param tag the tag
     * @param offsetTable the first item: empty, or where the first fragment of each frame starts
     * @param fragments the other items in file order
     */
    record Fragments(int tag, OffsetTable offsetTable, List<byte[]> fragments) implements Element {

        /** Copies the list, not the bytes. */
        public Fragments {
            fragments = List.copyOf(fragments);
        }

        @Override
        public Vr vr() {
            return Vr.OB;
        }
    }
}
