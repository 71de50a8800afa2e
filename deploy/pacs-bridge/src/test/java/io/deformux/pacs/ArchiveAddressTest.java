package io.deformux.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveAddressTest {

    @Test
    void theDicomWebServiceIsBesidesTheApi() {
        assertThat(of("http://pacs:8042").dicomWeb()).isEqualTo(URI.create("dicomweb://pacs:8042/dicom-web"));
        assertThat(of("https://pacs/orthanc/").dicomWeb()).isEqualTo(URI.create("dicomwebs://pacs/orthanc/dicom-web"));
        assertThat(ArchiveAddress.of(
                                URI.create("http://localhost:8042"), Optional.of(URI.create("dicomwebs://pacs/dicom")))
                        .dicomWeb())
                .isEqualTo(URI.create("dicomwebs://pacs/dicom"));
        assertThat(of("https://pacs/orthanc/").orthanc()).isEqualTo(URI.create("https://pacs/orthanc"));
        assertThat(of("http://pacs:8042").feed()).isEqualTo("orthanc-pacs-8042");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http:pacs",
                "pacs:8042",
                "ftp://pacs",
                "http://a_b:8042",
                "http://me:secret@pacs",
                "http://pacs?a=b"
            })
    void anAddressThatCannotBeUsedIsRefused(String orthanc) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(orthanc))
                .withMessageStartingWith("Orthanc's address is")
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pacs/dicom-web",
                "dicomweb:pacs",
                "dicomweb://me:secret@pacs/dicom-web",
                "dicomweb://pacs/#a"
            })
    void aServiceThatNoEventCanNameIsRefused(String dicomWeb) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArchiveAddress.of(URI.create("http://pacs"), Optional.of(URI.create(dicomWeb))))
                .withMessageStartingWith("the DICOMweb service is")
                .withMessageNotContaining("secret");
    }

    private static ArchiveAddress of(String orthanc) {
        return ArchiveAddress.of(URI.create(orthanc), Optional.empty());
    }
}
