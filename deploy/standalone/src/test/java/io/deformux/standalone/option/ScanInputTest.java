package io.deformux.standalone.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.schemas.InputReference.Kind;
import io.deformux.testing.format.Archives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A path is what its content is, whatever it is called. */
class ScanInputTest {
    @TempDir
    private Path folder;

    @Test
    void foldersAndArchivesAreDicom() throws IOException {
        assertThat(kind(folder)).isEqualTo(Kind.DICOM);
        assertThat(kind(Path.of("/"))).isEqualTo(Kind.DICOM);
        assertThat(kind(file("SERIES.ZIP", Archives.zip(Map.of("1", "one"))))).isEqualTo(Kind.DICOM);
        assertThat(kind(file("series", Archives.tarGz(Map.of("1", "one"))))).isEqualTo(Kind.DICOM);
    }

    @Test
    void aFileWithTheDicomMarkIsDicom() throws IOException {
        byte[] bytes = new byte[132];
        System.arraycopy(new byte[] {'D', 'I', 'C', 'M'}, 0, bytes, 128, 4);

        assertThat(kind(file("IM0001", bytes))).isEqualTo(Kind.DICOM);
    }

    @Test
    void aDataSetWithoutTheMarkIsDicom() throws IOException {
        byte[] explicit = {8, 0, 5, 0, 'C', 'S', 2, 0, 'I', 'S', 8, 0, 22, 0, 'U', 'I', 26, 0};
        byte[] implicit = {8, 0, 5, 0, 2, 0, 0, 0, 'I', 'S', 8, 0, 22, 0, 26, 0, 0, 0};

        assertThat(kind(file("bare", explicit))).isEqualTo(Kind.DICOM);
        assertThat(kind(file("bare", implicit))).isEqualTo(Kind.DICOM);
    }

    @Test
    void aCompressedDicomFileAndOtherArchivesAreDicom() throws IOException {
        byte[] dicom = new byte[400];
        System.arraycopy(new byte[] {'D', 'I', 'C', 'M'}, 0, dicom, 128, 4);

        assertThat(kind(file("IM1.dcm.gz", Archives.gzip(dicom)))).isEqualTo(Kind.DICOM);
        assertThat(kind(file("series.tar", Archives.tar(Map.of("1", "one"))))).isEqualTo(Kind.DICOM);
    }

    @Test
    void anyOtherFileIsAVolumeFile() throws IOException {
        assertThat(kind(file("scan.nii.gz", Archives.gzip(new byte[400])))).isEqualTo(Kind.NIFTI);
        assertThat(kind(file("scan.nii", new byte[400]))).isEqualTo(Kind.NIFTI);
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static Kind kind(Path path) {
        return ScanInput.reference(path).kind();
    }
}
