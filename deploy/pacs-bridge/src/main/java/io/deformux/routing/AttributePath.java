package io.deformux.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names an attribute: {@code SliceThickness}, {@code 0018,0050}, or within sequences
 * {@code SharedFunctionalGroupsSequence/PixelMeasuresSequence/SliceThickness}, whose items are all looked at.
 *
 * @param tags sequences from the outside in, then the attribute; group in the upper 16 bits
 */
public record AttributePath(List<Integer> tags) {
    private static final Pattern NUMBER = Pattern.compile("\\(?([0-9A-Fa-f]{4}),([0-9A-Fa-f]{4})\\)?");
    private static final int MOST_TAGS = 8;
    private static final int HEX = 16;

    /** Copies the list, which has to name something. */
    public AttributePath {
        tags = List.copyOf(tags);
        if (tags.isEmpty() || tags.size() > MOST_TAGS) {
            throw new IllegalArgumentException("an attribute lies in at most " + (MOST_TAGS - 1) + " sequences");
        }
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if a part is neither a number nor a keyword that is known
     */
    public static AttributePath parse(String text) {
        List<Integer> tags = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            tags.add(tag(part.strip()));
        }
        return new AttributePath(tags);
    }

    private static int tag(String part) {
        Matcher number = NUMBER.matcher(part);
        if (number.matches()) {
            return Integer.parseUnsignedInt(number.group(1) + number.group(2), HEX);
        }
        return AttributeNames.standard()
                .number(part)
                .orElseThrow(() -> new IllegalArgumentException("tag " + part
                        + " is no keyword that is known; a number such as 0018,0050 names any attribute"));
    }

    /** The attribute itself where it lies in no sequence. */
    boolean isPlain() {
        return tags.size() == 1;
    }
}
