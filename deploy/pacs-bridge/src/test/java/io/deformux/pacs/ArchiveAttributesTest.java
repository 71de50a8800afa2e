package io.deformux.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.routing.AttributePath;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules see of an instance, as Orthanc 1.10.1 told of it. */
class ArchiveAttributesTest {
    private static final String INSTANCE =
            """
            {"0008,0060": {"Name": "Modality", "Type": "String", "Value": "CT"},
             "0008,0030": {"Name": "StudyTime", "Type": "String", "Value": ""},
             "0008,1030": {"Name": "StudyDescription", "Type": "String", "Value": "%s"},
             "0008,103e": {"Name": "SeriesDescription", "Type": "TooLong", "Value": null},
             "0018,0012": {"Name": "ContrastBolusAgentSequence", "Type": "Sequence", "Value": [
                {"0008,0100": {"Name": "CodeValue", "Type": "String", "Value": "C"}}]},
             "0018,0014": {"Name": "ContrastBolusAdministrationRouteSequence", "Type": "Sequence", "Value": []},
             "0028,1101": {"Name": "RedPaletteColorLookupTableDescriptor", "Type": "String", "Value": "1\\\\2\\\\3"},
             "0028,2000": {"Name": "ICCProfile", "Type": "Null", "Value": null}}
            """
                    .formatted("a".repeat(256));

    private final ArchiveAttributes attributes;

    ArchiveAttributesTest() throws IOException {
        ObjectMapper json = new ObjectMapper();
        attributes = new ArchiveAttributes(
                json.readTree(INSTANCE), List.of(json.readTree("{\"StudyID\": \"7\", \"StationName\": \"\"}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0008,0060 | true",
                "0008,0030 | false",
                "0008,1030 | true",
                "0008,103e | true",
                "0010,0010 | false",
                "0018,0012 | true",
                "0018,0012/0008,0100 | true",
                "0018,0012/0008,0102 | false",
                "0018,0014 | false",
                "0028,1101 | true",
                "0028,1101/0008,0100 | false",
                "0028,2000 | true",
                "StudyID | true",
                "StationName | false"
            })
    void whatIsThereIsKnownOfSequencesBytesAndLongTextsToo(String path, boolean present) {
        assertThat(attributes.has(AttributePath.parse(path))).isEqualTo(present);
    }

    @Test
    void valuesAreTextAndNumbersAndNoneOfOver256Bytes() {
        assertThat(values("0028,1101")).containsExactly("1", "2", "3");
        assertThat(values("0008,1030")).containsExactly("a".repeat(256));
        assertThat(values("0008,103e")).isEmpty();
        assertThat(values("0028,2000")).isEmpty();
        assertThat(values("StudyID")).containsExactly("7");
    }

    private List<String> values(String path) {
        return attributes.values(AttributePath.parse(path));
    }
}
