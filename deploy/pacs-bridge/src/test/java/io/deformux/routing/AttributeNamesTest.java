package io.deformux.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributeNamesTest {
    private static final String OTHERS =
            "from pydicom.datadict import DicomDictionary as d\nfor t, v in d.items(): print('%08x %s' % (t, v[4]))";

    @Test
    void attributesAreKnownByKeywordAndByNumber() {
        AttributeNames names = AttributeNames.standard();

        assertThat(names.number("SliceThickness")).hasValue(0x00180050);
        assertThat(names.keyword(0x00180050)).hasValue("SliceThickness");
        assertThat(names.number("Sharpness")).isEmpty();
    }

    /** Needs Debian's python3-pydicom. */
    @Test
    void keywordsMeanWhatTheyMeanToOthers() throws Exception {
        Map<String, Integer> theirs = pydicom();
        assumeTrue(!theirs.isEmpty(), "python3-pydicom is not installed");

        assertThat(theirs).containsAllEntriesOf(AttributeNames.standard().numbers());
    }

    private static Map<String, Integer> pydicom() throws IOException {
        Process python = new ProcessBuilder("/usr/bin/python3", "-c", OTHERS)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<String, Integer> names = new HashMap<>();
        new String(python.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .lines()
                .filter(line -> line.length() > 9)
                .forEach(line -> names.put(line.substring(9), Integer.parseUnsignedInt(line.substring(0, 8), 16)));
        return names;
    }
}
