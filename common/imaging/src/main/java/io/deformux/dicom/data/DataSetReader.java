package io.deformux.dicom.data;

import static io.deformux.failure.FailureCode.DICOM_MALFORMED;
import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;

import io.deformux.failure.JobException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Parses data elements (PS3.5 chapter 7) from a source. Every length is checked against what encloses it before it is
 * used. Tolerated, because nothing becomes ambiguous: elements out of order, odd lengths, unknown representations
 * ({@code UnknownVr}), explicit elements inside a sequence of representation UN, and an element that is there again, be it
 * the same once more or one that nothing here reads. Private sequences of defined length are not looked into. Refused: an
 * attribute twice with two values, a length beyond its item, deeper nesting than {@value #MAX_NESTING}.
 *
 * <p>One reader parses one source.
 */
final class DataSetReader {
    /** Images nest a handful of levels; recursion stays far from the stack's end. */
    static final int MAX_NESTING = 32;

    /** Elements, items and fragments of an image; an Enhanced one with thousands of frames has some 100 000. */
    static final int MAX_ELEMENTS = 250_000;

    /** Bytes of all values before the Pixel Data together. */
    static final int MAX_HEADER_BYTES = 1 << 26;

    private static final long UNDEFINED = 0xffffffffL;
    private static final int ITEM = 0xfffee000;
    private static final int ITEM_END = 0xfffee00d;
    private static final int SEQUENCE_END = 0xfffee0dd;

    private final ByteSource source;
    private final int maxElements;
    private int elements;
    private long budget;

    DataSetReader(ByteSource source) {
        this(source, MAX_ELEMENTS, MAX_HEADER_BYTES);
    }

    /** A reader that takes another number of elements, items and fragments, and of bytes, together. */
    DataSetReader(ByteSource source, int maxElements, long maxHeaderBytes) {
        this.source = source;
        this.maxElements = maxElements;
        this.budget = maxHeaderBytes;
    }

    /** Elements up to the end of the source, or up to the first whose tag {@code stop} accepts; that one is not taken. */
    DataSet read(Encoding encoding, IntPredicate stop) {
        DataSet dataSet = new DataSet();
        while (!source.atEnd() && !stop.test(source.peekTag(encoding.order()))) {
            add(dataSet, readElement(encoding));
        }
        return dataSet;
    }

    /** The next element, whose values may take {@code maxBytes} in memory. */
    Element readElement(Encoding encoding, long maxBytes) {
        budget = maxBytes;
        return readElement(encoding);
    }

    /**
     * Takes the tag, representation and length of an element of defined length, whose bytes then come next from the
     * source.
     */
    long openElement(Encoding encoding) {
        int tag = source.takeTag(encoding.order());
        Head head = head(tag, encoding);
        if (head.length == UNDEFINED) {
            throw malformed(Tag.describe(tag) + " has no length");
        }
        checkLength(tag, head.length, source.end());
        return head.length;
    }

    private Element readElement(Encoding encoding) {
        return element(source.takeTag(encoding.order()), encoding, source.end(), 0);
    }

    private Element element(int tag, Encoding encoding, long end, int depth) {
        count();
        if (tag >>> 16 == 0xfffe) {
            throw malformed("an item or delimiter stands where an element should be");
        }
        Head head = head(tag, encoding);
        if (head.length == UNDEFINED) {
            return undefinedLength(tag, head.vr, head.inner, end, depth);
        }
        checkLength(tag, head.length, end);
        if (head.vr == Vr.SQ && isPrivate(tag)) {
            return new Element.Bytes(tag, Vr.UN, take(head.length), head.inner.order());
        }
        if (head.vr == Vr.SQ) {
            return items(tag, head.inner, source.position() + head.length, false, depth);
        }
        return new Element.Bytes(tag, head.vr, take(head.length), head.inner.order());
    }

    private static boolean isPrivate(int tag) {
        return (tag >>> 16) % 2 != 0;
    }

    /**
     * What stands between a tag and its value.
     *
     * @param vr how the value is to be understood
     * @param inner how elements in it are laid out
     * @param length its length
     */
    private record Head(Vr vr, Inner inner, long length) {}

    /**
     * The layout of what a sequence holds.
     *
     * @param encoding as the standard says
     * @param doubtful whether it is often another one, so that the first element of each item is asked
     */
    private record Inner(Encoding encoding, boolean doubtful) {
        ByteOrder order() {
            return encoding.order();
        }
    }

    private Head head(int tag, Encoding encoding) {
        Vr known = Tag.of(tag).map(Tag::vr).orElse(Vr.UN);
        if (!encoding.explicitVr()) {
            return new Head(known, new Inner(encoding, false), source.takeInt(encoding.order()));
        }
        byte[] written = source.take(2);
        Optional<Vr> vr = Vr.of(written[0], written[1]);
        if (vr.isEmpty()) {
            long length = new UnknownVr(source, encoding.order()).takeLength(tag, written);
            return new Head(known, new Inner(encoding, true), length);
        }
        if (!vr.get().longForm()) {
            return new Head(vr.get(), new Inner(encoding, false), source.takeShort(encoding.order()));
        }
        source.take(2);
        long length = source.takeInt(encoding.order());
        // A value of unknown representation is implicit little endian, whatever surrounds it (PS3.5 6.2.2).
        return vr.get() == Vr.UN
                ? new Head(known, new Inner(Encoding.IMPLICIT_LITTLE, true), length)
                : new Head(vr.get(), new Inner(encoding, false), length);
    }

    private Element undefinedLength(int tag, Vr vr, Inner inner, long end, int depth) {
        if (tag == Tag.PIXEL_DATA.number()) {
            return fragments(tag, inner.order(), end);
        }
        if (vr != Vr.SQ && vr != Vr.UN) {
            throw malformed(Tag.describe(tag) + " has no length");
        }
        return items(tag, inner, end, true, depth);
    }

    private void checkLength(int tag, long length, long end) {
        source.requireLeft(length, Tag.describe(tag));
        if (length > end - source.position()) {
            throw malformed(Tag.describe(tag) + " is longer than the item that holds it");
        }
    }

    private Element.Items items(int tag, Inner inner, long end, boolean delimited, int depth) {
        if (depth == MAX_NESTING) {
            throw malformed("sequences are nested deeper than " + MAX_NESTING + " levels");
        }
        List<DataSet> items = new ArrayList<>();
        while (delimited || source.position() < end) {
            int next = takeTagWithin(end, inner.order());
            long length = source.takeInt(inner.order());
            if (delimited && next == SEQUENCE_END) {
                return new Element.Items(tag, items);
            }
            if (next != ITEM) {
                throw malformed(Tag.describe(tag) + " holds something that is not an item");
            }
            count();
            boolean itemDelimited = length == UNDEFINED;
            long itemEnd = itemDelimited ? end : source.position() + length;
            if (itemEnd > end) {
                throw malformed("an item of " + Tag.describe(tag) + " is longer than what holds it");
            }
            Encoding encoding = inner.doubtful ? DataSetStart.encoding(source.peek(6), inner.encoding) : inner.encoding;
            items.add(item(encoding, itemEnd, itemDelimited, depth + 1));
        }
        return new Element.Items(tag, items);
    }

    private DataSet item(Encoding encoding, long end, boolean delimited, int depth) {
        DataSet dataSet = new DataSet();
        while (delimited || source.position() < end) {
            int tag = takeTagWithin(end, encoding.order());
            if (delimited && tag == ITEM_END) {
                source.take(4);
                return dataSet;
            }
            add(dataSet, element(tag, encoding, end, depth));
        }
        if (source.position() != end) {
            throw malformed("an item ends in the middle of an element");
        }
        return dataSet;
    }

    private Element.Fragments fragments(int tag, ByteOrder order, long end) {
        OffsetTable table = null;
        List<byte[]> fragments = new ArrayList<>();
        while (true) {
            int next = takeTagWithin(end, order);
            long length = source.takeInt(order);
            if (next == SEQUENCE_END && table != null) {
                return new Element.Fragments(tag, table, fragments);
            }
            if (next != ITEM || length == UNDEFINED) {
                throw malformed(Tag.describe(tag) + " holds something that is not a fragment");
            }
            count();
            byte[] value = take(length);
            if (table == null) {
                table = OffsetTable.of(value);
            } else {
                fragments.add(value);
            }
        }
    }

    private int takeTagWithin(long end, ByteOrder order) {
        if (end - source.position() < 8 && end != source.end()) {
            throw malformed("an item ends in the middle of an element");
        }
        return source.takeTag(order);
    }

    private byte[] take(long length) {
        source.requireLeft(length, "a value");
        budget -= length;
        if (budget < 0) {
            throw new JobException(INPUT_TOO_LARGE, "a file has more bytes of values than its image can need");
        }
        return source.take(length);
    }

    private static void add(DataSet dataSet, Element element) {
        Optional<Element> first = dataSet.element(element.tag());
        if (first.isEmpty()) {
            dataSet.put(element);
        } else if (Tag.of(element.tag()).isPresent() && !same(first.get(), element)) {
            throw malformed(Tag.describe(element.tag()) + " occurs twice");
        }
    }

    private static boolean same(Element first, Element second) {
        return first instanceof Element.Bytes a
                && second instanceof Element.Bytes b
                && Arrays.equals(a.value(), b.value());
    }

    private void count() {
        if (++elements > maxElements) {
            throw new JobException(INPUT_TOO_LARGE, "a file has more than " + maxElements + " data elements");
        }
    }

    private static JobException malformed(String message) {
        return new JobException(DICOM_MALFORMED, message + ": export the series again");
    }
}
