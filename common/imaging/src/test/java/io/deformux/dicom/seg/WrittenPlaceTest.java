package io.deformux.dicom.seg;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.DicomFileWriter;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.series.DicomSeries;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spacing and orientation of a segmentation: the words of its source, or numbers anew where those are no decimal strings. */
class WrittenPlaceTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "'0,9\\0,7', '1,0\\0\\0\\0\\1,0\\0'",
        "'0.90000000000000001\\0.70000000000000001', '1.00000000000000000\\0\\0\\0\\1.00000000000000000\\0'"
    })
    void whatIsNoDecimalStringIsWrittenAnew(String spacing, String orientation) throws IOException {
        DataSet shared = shared(spacing, orientation);
        DataSet measures = shared.items(Tag.PIXEL_MEASURES_SEQUENCE).get(0);
        DataSet plane = shared.items(Tag.PLANE_ORIENTATION_SEQUENCE).get(0);
        assertThat(measures.codes(Tag.PIXEL_SPACING)).containsExactly("0.9", "0.7");
        assertThat(plane.codes(Tag.IMAGE_ORIENTATION_PATIENT)).containsExactly("1", "0", "0", "0", "1", "0");
    }

    @Test
    void aDecimalStringIsCopiedAsItIsWritten() throws IOException {
        DataSet shared = shared("0.9000\\7E-1", "1.000\\0\\0\\0\\1.000\\0");
        assertThat(shared.items(Tag.PIXEL_MEASURES_SEQUENCE).get(0).codes(Tag.PIXEL_SPACING))
                .containsExactly("0.9000", "7E-1");
        assertThat(shared.items(Tag.PLANE_ORIENTATION_SEQUENCE).get(0).codes(Tag.IMAGE_ORIENTATION_PATIENT))
                .containsExactly("1.000", "0", "0", "0", "1.000", "0");
    }

    private DataSet shared(String spacing, String orientation) throws IOException {
        Path source = folder.resolve("series");
        SegExample.series(source, new Shape3(7, 5, 3), SegRoundTripTest.tilted());
        for (Path file : files(source)) {
            rewrite(file, spacing, orientation);
        }
        DicomSeries series = SegExample.read(source);
        byte[] labels = new byte[7 * 5 * 3];
        Arrays.fill(labels, (byte) 1);
        LabelMap map = new LabelMap(series.volume().geometry(), labels);
        Path file = SegExample.of(series, map, SegKind.BINARY).write(folder.resolve("seg.dcm"));
        assertThatArray(new SegReader().read(file, map.geometry()).labels()).isEqualTo(labels);
        try (DicomFile open = DicomFile.open(file, 1 << 20).orElseThrow()) {
            return open.header(10_000)
                    .items(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE)
                    .get(0);
        }
    }

    private static void rewrite(Path file, String spacing, String orientation) throws IOException {
        DataSet image;
        try (DicomFile open = DicomFile.open(file, 1 << 20).orElseThrow()) {
            image = open.header();
            image.put(open.pixelData(1 << 20));
        }
        image.put(Tag.PIXEL_SPACING, spacing).put(Tag.IMAGE_ORIENTATION_PATIENT, orientation);
        try (OutputStream out = Files.newOutputStream(file)) {
            DicomFileWriter.write(out, TransferSyntax.EXPLICIT_LITTLE, image);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
