package io.deformux.dicom.data;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_INVALID;
import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_MISSING;

import io.deformux.failure.JobException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Data elements by tag. Values stay raw bytes; the accessors read the few types that geometry, pixels and references
 * need, and check them. An absent or empty value is {@code DICOM_ATTRIBUTE_MISSING}, one that cannot be used
 * {@code DICOM_ATTRIBUTE_INVALID}; messages name the attribute, never its value.
 *
 * <p>Not safe to share while {@code put} is called; afterwards it is.
 */
public final class DataSet {
    private static final int MOST_UID_CHARACTERS = 64;
    private static final int FIRST_PRIVATE_BLOCK = 0x10;
    private static final int LAST_PRIVATE_BLOCK = 0xff;
    private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)*");

    private final NavigableMap<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

    /** The elements in ascending tag order, a view. */
    public Collection<Element> elements() {
        return Collections.unmodifiableCollection(elements.values());
    }

    /** The element with this tag. */
    public Optional<Element> element(int tag) {
        return Optional.ofNullable(elements.get(tag));
    }

    /** Adds an element or replaces the one with its tag. */
    public DataSet put(Element element) {
        elements.put(element.tag(), element);
        return this;
    }

    /** Sets an attribute of a text representation to ASCII text, padded to even length (PS3.5 section 6.2). */
    public DataSet put(Tag tag, String value) {
        boolean odd = value.length() % 2 != 0;
        String padded = odd ? value + (tag.vr() == Vr.UI ? "\0" : " ") : value;
        return put(bytes(tag, padded.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Sets an attribute of representation US, UL or AT to one or more numbers; a tag is given as its number, group in
     * the upper 16 bits.
     */
    public DataSet put(Tag tag, int... values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * (tag.vr() == Vr.US ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            switch (tag.vr()) {
                case US -> bytes.putShort((short) value);
                case UL -> bytes.putInt(value);
                case AT -> bytes.putShort((short) (value >> 16)).putShort((short) value);
                default -> throw new IllegalArgumentException(tag + " does not hold whole numbers");
            }
        }
        return put(bytes(tag, bytes.array()));
    }

    /** Sets a sequence (SQ). */
    public DataSet put(Tag tag, DataSet... items) {
        return put(new Element.Items(tag.number(), List.of(items)));
    }

    /** The items of a sequence; none where it is absent or no sequence. */
    public List<DataSet> items(Tag tag) {
        return elements.get(tag.number()) instanceof Element.Items sequence ? sequence.items() : List.of();
    }

    /**
     * A private attribute (PS3.5 section 7.8.1).
     *
     * @param group its group, an odd number
     * @param creator who reserved the block that it is in
     * @param element the lower byte of its number
     */
    public Optional<Element.Bytes> privateValue(int group, String creator, int element) {
        for (int block = FIRST_PRIVATE_BLOCK; block <= LAST_PRIVATE_BLOCK; block++) {
            if (elements.get(group << 16 | block) instanceof Element.Bytes reserved
                    && text(reserved).equals(creator)
                    && elements.get(group << 16 | block << 8 | element) instanceof Element.Bytes value) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private static Element bytes(Tag tag, byte[] value) {
        return new Element.Bytes(tag.number(), tag.vr(), value, ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether the attribute is there and not empty; text of nothing but padding is empty. */
    public boolean has(Tag tag) {
        Element element = elements.get(tag.number());
        if (element instanceof Element.Bytes bytes) {
            return bytes.vr().unit() > 1
                    ? bytes.value().length > 0
                    : !text(bytes).isEmpty();
        }
        return element != null;
    }

    /** A UID; see {@link #isUid}. */
    public String uid(Tag tag) {
        String uid = text(required(tag));
        if (!isUid(uid)) {
            throw invalid(tag, "is not a UID");
        }
        return uid;
    }

    /** A UID, or empty where there is none or it is not one, for attributes that are read without. */
    public Optional<String> optionalUid(Tag tag) {
        return elements.get(tag.number()) instanceof Element.Bytes bytes
                ? Optional.of(text(bytes)).filter(DataSet::isUid)
                : Optional.empty();
    }

    /** The values of a code string (CS), without padding; none where the attribute is absent or empty. */
    public List<String> codes(Tag tag) {
        return has(tag) ? List.of(values(required(tag))) : List.of();
    }

    /**
     * One integer string (IS) or unsigned 16-bit number (US); empty where there is none or it is not one, for attributes
     * that are read without.
     */
    public Optional<Integer> optionalInteger(Tag tag) {
        try {
            if (!has(tag)) {
                return Optional.empty();
            }
            return Optional.of(tag.vr() == Vr.US ? unsignedShort(tag) : integer(tag, 0));
        } catch (JobException e) {
            return Optional.empty();
        }
    }

    /**
     * A value as it is told apart from others of its attribute: text without padding, of binary numbers the first; empty
     * where there is none, and for sequences.
     */
    public Optional<String> distinction(Tag tag) {
        if (!has(tag) || !(elements.get(tag.number()) instanceof Element.Bytes element)) {
            return Optional.empty();
        }
        ByteBuffer value = ByteBuffer.wrap(element.value()).order(element.order());
        int unit = tag.vr().unit();
        if (unit == 1 || value.capacity() < unit) {
            return Optional.of(text(element));
        }
        return Optional.of(
                switch (tag.vr()) {
                    case FD -> Double.toString(value.getDouble());
                    case UL -> Integer.toUnsignedString(value.getInt());
                    default -> Integer.toString(value.getShort() & 0xffff);
                });
    }

    /** The 16 bits of a pixel value, whether it is written as US or SS. */
    public short pixelValue(Tag tag) {
        Element.Bytes element = required(tag);
        if (element.value().length != Short.BYTES) {
            throw invalid(tag, "is not one 16-bit number");
        }
        return ByteBuffer.wrap(element.value()).order(element.order()).getShort();
    }

    /** One unsigned 16-bit number (US), written as that or as SS. */
    public int unsignedShort(Tag tag) {
        Element.Bytes element = required(tag);
        boolean number = element.vr() == Vr.US || element.vr() == Vr.SS;
        if (!number || element.value().length != 2) {
            throw invalid(tag, "is not one unsigned 16-bit number");
        }
        return ByteBuffer.wrap(element.value()).order(element.order()).getShort() & 0xffff;
    }

    /** One integer string (IS), or {@code absent} where there is none. */
    public int integer(Tag tag, int absent) {
        if (!has(tag)) {
            return absent;
        }
        try {
            return Integer.parseInt(text(required(tag)));
        } catch (NumberFormatException e) {
            throw invalid(tag, "is not an integer");
        }
    }

    /** Exactly {@code count} finite decimal strings (DS); a comma can only be meant as the point, and is taken for it. */
    public double[] decimals(Tag tag, int count) {
        String[] values = values(required(tag));
        if (values.length != count) {
            throw invalid(tag, "has not exactly " + count + " value" + (count == 1 ? "" : "s"));
        }
        double[] numbers = new double[count];
        for (int n = 0; n < count; n++) {
            numbers[n] = decimal(tag, values[n].replace(',', '.'));
        }
        return numbers;
    }

    /**
     * Whether a text is a UID (PS3.5 section 9.1): numbers with dots between them, at most 64 characters. Leading zeros,
     * which some devices write, are let pass.
     */
    public static boolean isUid(String text) {
        return text.length() <= MOST_UID_CHARACTERS && UID.matcher(text).matches();
    }

    private static double decimal(Tag tag, String text) {
        boolean plain = !text.isEmpty() && text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0);
        try {
            double number = plain ? Double.parseDouble(text) : Double.NaN;
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message
        }
        throw invalid(tag, "is not a finite decimal number");
    }

    private Element.Bytes required(Tag tag) {
        if (!has(tag)) {
            throw new JobException(DICOM_ATTRIBUTE_MISSING, tag + " is missing");
        }
        if (elements.get(tag.number()) instanceof Element.Bytes bytes) {
            return bytes;
        }
        throw invalid(tag, "is a sequence");
    }

    private static String[] values(Element.Bytes element) {
        String[] values = text(element).split("\\\\", -1);
        for (int n = 0; n < values.length; n++) {
            values[n] = values[n].strip();
        }
        return values;
    }

    /** The value as Latin-1 without the padding at its end; for representations of the default repertoire only. */
    private static String text(Element.Bytes element) {
        String text = new String(element.value(), StandardCharsets.ISO_8859_1);
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\0')) {
            end--;
        }
        return text.substring(0, end).strip();
    }

    private static JobException invalid(Tag tag, String what) {
        return new JobException(DICOM_ATTRIBUTE_INVALID, tag + " " + what);
    }
}
