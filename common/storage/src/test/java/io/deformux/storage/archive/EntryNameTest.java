package io.deformux.storage.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryNameTest {
    @ParameterizedTest
    @CsvSource({
        "series/IM0001.dcm, series/IM0001.dcm",
        "a\\b, a%5Cb",
        "__MACOSX/._IM0001.dcm, __MACOSX/._IM0001.dcm",
        "'', 000007",
        "/, 000007",
        "'..', %2E%2E",
        "'../../x', '%2E%2E/%2E%2E/x'",
        "'./x', '%2E/x'",
        "'/x', '%/x'",
        "'a//x', 'a/%/x'"
    })
    void aNameStaysWhatItIsAndLeadsNowhere(String outside, String name) {
        assertThat(EntryName.of(outside, 7)).isEqualTo(name);
    }

    @Test
    void aPathThatIsTooLongIsANumber() {
        assertThat(EntryName.of("folder/".repeat(300) + "x", 7)).isEqualTo("000007");
    }
}
