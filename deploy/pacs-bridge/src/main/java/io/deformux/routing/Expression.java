package io.deformux.routing;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.Matcher;

/** Regular expressions of rules, in the syntax of RE2 and in capitals or not. */
final class Expression {
    private static final int MOST_CHARACTERS = 1000;
    /** Repetitions are written out when an expression is compiled, and nested ones multiply. */
    private static final long MOST_COPIES = 100_000;

    private static final java.util.regex.Pattern REPETITION =
            java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

    private Expression() {}

    /**
     * Compiles one.
     *
     * @throws IllegalArgumentException if it is none, or one that RE2 does not have (look-around, back references), or takes
     *     too much memory
     */
    static Pattern compile(String text) {
        if (text.length() > MOST_CHARACTERS || copies(text) > MOST_COPIES) {
            throw new IllegalArgumentException("an expression may have " + MOST_CHARACTERS
                    + " characters, and its length times the counts of its repetitions may be " + MOST_COPIES);
        }
        try {
            return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the expression cannot be read: " + e.getDescription()
                            + " (RE2 has no look-around and no back references)",
                    e);
        }
    }

    /** How many characters there would be if every repetition were within every other: more than there are in truth. */
    private static long copies(String text) {
        long copies = text.length();
        Matcher repetition = REPETITION.matcher(text);
        while (repetition.find() && copies <= MOST_COPIES) {
            String most = repetition.group(2);
            copies *= Math.max(1, Long.parseLong(most == null || most.isEmpty() ? repetition.group(1) : most));
        }
        return copies;
    }
}
