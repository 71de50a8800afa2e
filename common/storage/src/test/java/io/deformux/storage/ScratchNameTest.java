package io.deformux.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScratchNameTest {
    @ParameterizedTest
    @CsvSource({
        "series/IM0001.dcm, 000007-IM0001.dcm",
        "a\\b\\IM0002, 000007-IM0002",
        "__MACOSX/._IM0001.dcm, .000007-._IM0001.dcm",
        "'Müller, Ä: CT', 000007-M_ller_____CT",
        "'', 000007-",
        "'..', '.000007-..'"
    })
    void aNameKeepsItsEndAndLeadsNowhere(String outside, String name) {
        assertThat(ScratchName.of(7, outside)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource("300")
    void longNamesAreCutAtTheirBeginning(int length) {
        assertThat(ScratchName.of(1, "a".repeat(length) + ".dcm")).hasSize(107).endsWith("a.dcm");
    }
}
