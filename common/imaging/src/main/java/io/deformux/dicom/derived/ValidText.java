package io.deformux.dicom.derived;

import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.Vr;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a text is what its representation allows (PS3.5 table 6.2-1); free text always is. */
final class ValidText {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3])([0-5]\\d([0-5]\\d(\\.\\d{1,6})?)?)?");
    private static final Pattern AGE = Pattern.compile("\\d{3}[DWMY]");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern OFFSET = Pattern.compile("[+-](0\\d|1[0-4])[0-5]\\d");

    private static final int MOST_DECIMAL_CHARACTERS = 16;

    /** PS3.3 section C.7.1.1. */
    private static final Set<String> SEXES = Set.of("M", "F", "O");

    private ValidText() {}

    /** Whether the attribute may have that text. */
    static boolean is(Tag tag, String text) {
        if (tag == Tag.PATIENT_SEX) {
            return SEXES.contains(text);
        }
        if (tag == Tag.TIMEZONE_OFFSET_FROM_UTC) {
            return OFFSET.matcher(text).matches();
        }
        Vr vr = tag.vr();
        return switch (vr) {
            case DA -> isDate(text);
            case TM -> isTime(text);
            case AS -> AGE.matcher(text).matches();
            case DS -> Arrays.stream(text.split("\\\\", -1)).map(String::strip).allMatch(ValidText::isDecimal);
            default -> true;
        };
    }

    /** Whether a text is a day of the calendar, as {@code 20240229}. */
    private static boolean isDate(String text) {
        try {
            return text.length() == 8 && LocalDate.parse(text, DATE) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isDecimal(String text) {
        return text.length() <= MOST_DECIMAL_CHARACTERS && DECIMAL.matcher(text).matches();
    }

    private static boolean isTime(String text) {
        return TIME.matcher(text).matches();
    }
}
