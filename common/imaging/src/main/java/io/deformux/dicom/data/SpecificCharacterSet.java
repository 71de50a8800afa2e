package io.deformux.dicom.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Specific Character Set (0008,0005) means, of sets without code extensions (PS3.3 section C.12.1.1.2). */
public final class SpecificCharacterSet {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("ISO_IR 6", "US-ASCII"),
            Map.entry("ISO_IR 100", "ISO-8859-1"),
            Map.entry("ISO_IR 101", "ISO-8859-2"),
            Map.entry("ISO_IR 109", "ISO-8859-3"),
            Map.entry("ISO_IR 110", "ISO-8859-4"),
            Map.entry("ISO_IR 144", "ISO-8859-5"),
            Map.entry("ISO_IR 127", "ISO-8859-6"),
            Map.entry("ISO_IR 126", "ISO-8859-7"),
            Map.entry("ISO_IR 138", "ISO-8859-8"),
            Map.entry("ISO_IR 148", "ISO-8859-9"),
            Map.entry("ISO_IR 192", "UTF-8"),
            Map.entry("GB18030", "GB18030"),
            Map.entry("GBK", "GBK"));

    private SpecificCharacterSet() {}

    /** The first of a data set's sets that is known here, for those who read; empty if there is none. */
    public static Optional<Charset> anyOf(DataSet dataSet) {
        return dataSet.codes(Tag.SPECIFIC_CHARACTER_SET).stream()
                .flatMap(term -> known(term).stream())
                .findFirst();
    }

    /** What may be written into a data set: its set if that is one and known, else what all of them begin with, ASCII. */
    public static Charset of(DataSet dataSet) {
        List<String> terms = dataSet.codes(Tag.SPECIFIC_CHARACTER_SET);
        return terms.size() == 1 ? known(terms.get(0)).orElse(StandardCharsets.US_ASCII) : StandardCharsets.US_ASCII;
    }

    private static Optional<Charset> known(String term) {
        return Optional.ofNullable(NAMES.get(term)).filter(Charset::isSupported).map(Charset::forName);
    }
}
