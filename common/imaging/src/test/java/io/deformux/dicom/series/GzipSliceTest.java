package io.deformux.dicom.series;

import static io.deformux.dicom.series.SyntheticSeries.images;
import static io.deformux.dicom.series.SyntheticSeries.volume;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.slice.PassedOver;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.testing.format.Archives;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DICOM files that were each compressed with gzip. */
class GzipSliceTest {
    private static final int MARK = 132;

    private final DicomSeriesReader reader = new DicomSeriesReader(DicomLimits.defaults());
    private final Volume written = volume(6, 5, 5);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 5})
    void slicesAreReadWhetherTheyAreCompressedOrNot(int compressed) throws IOException {
        List<DataSet> images = images(written);
        for (int k = 0; k < 5; k++) {
            byte[] file = SyntheticSeries.file(images.get(k));
            boolean packed = k < compressed;
            Files.write(folder.resolve("IM" + k + ".dcm" + (packed ? ".gz" : "")), packed ? Archives.gzip(file) : file);
        }

        assertThatArray(read().volume().voxels()).isEqualTo(written.voxels());
    }

    @Test
    void dataSetsWithoutMetaInformationAreReadToo() throws IOException {
        List<DataSet> images = images(written);
        for (int k = 0; k < 5; k++) {
            byte[] file = SyntheticSeries.file(images.get(k), TransferSyntax.IMPLICIT_LITTLE);
            byte[] bare = Arrays.copyOfRange(file, MARK + metaBytes(file), file.length);
            Path path = Files.write(folder.resolve("IM" + k + ".gz"), Archives.gzip(bare));
            assertThat(DicomFile.isDicom(path)).isTrue();
        }

        assertThatArray(read().volume().voxels()).isEqualTo(written.voxels());
    }

    @Test
    void aSliceWhoseChecksumDiffersIsDamaged() throws IOException {
        slicesAreReadWhetherTheyAreCompressedOrNot(5);
        Path third = folder.resolve("IM2.dcm.gz");
        byte[] bytes = Files.readAllBytes(third);
        bytes[bytes.length - 8] ^= 1;
        Files.write(third, bytes);

        JobException refusal = catchThrowableOfType(JobException.class, this::read);

        assertThat(refusal.code()).isEqualTo(FailureCode.INPUT_TRUNCATED);
        assertThat(refusal).hasMessageContaining("file 3 of 5").hasMessageContaining("compressed");
    }

    @Test
    void aSliceThatIsDamagedFromTheStartIsNotLeftOut() throws IOException {
        slicesAreReadWhetherTheyAreCompressedOrNot(5);
        Files.write(folder.resolve("IM5.dcm.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3});

        JobException refusal = catchThrowableOfType(JobException.class, this::read);

        assertThat(refusal).hasMessageContaining("file 6 of 6");
    }

    @Test
    void whatElseIsCompressedIsPassedOver() throws IOException {
        slicesAreReadWhetherTheyAreCompressedOrNot(5);
        Files.write(folder.resolve("notes.txt.gz"), Archives.gzip(new byte[600]));

        assertThat(read().passedOver()).extracting(PassedOver::reason).containsExactly(PassedOver.Reason.NOT_DICOM);
    }

    /** The meta information says itself how long it is, behind its first twelve bytes. */
    private static int metaBytes(byte[] file) {
        return 12 + (file[MARK + 8] & 0xff | (file[MARK + 9] & 0xff) << 8);
    }

    private DicomSeries read() {
        return reader.read(folder, Optional.empty());
    }
}
