package io.deformux.schemas;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.regex.Pattern;

/**
 * A JSON pointer (RFC 6901) that may be shown.
 *
 * <p>A field name that the contract does not know comes from the sender. One that does not look like an identifier
 * could be anything, so it is left out, and the pointer ends at the object that holds it.
 */
record Pointer(String text, boolean ended) {
    static final Pointer ROOT = new Pointer("", false);

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,63}");

    /** Of a pointer of Jackson's. */
    static Pointer of(JsonPointer pointer) {
        Pointer result = ROOT;
        for (JsonPointer step = pointer; !step.matches(); step = step.tail()) {
            result = step.mayMatchElement()
                    ? result.element(step.getMatchingIndex())
                    : result.field(step.getMatchingProperty());
        }
        return result;
    }

    /** One step down, to a field of an object. */
    Pointer field(String name) {
        if (ended || !IDENTIFIER.matcher(name).matches()) {
            return new Pointer(text, true);
        }
        return new Pointer(text + "/" + name, false);
    }

    /** One step down, to an element of an array. */
    Pointer element(int index) {
        return ended ? this : new Pointer(text + "/" + index, false);
    }

    @Override
    public String toString() {
        return text;
    }
}
