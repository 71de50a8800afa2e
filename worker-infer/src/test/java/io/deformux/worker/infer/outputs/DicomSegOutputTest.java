package io.deformux.worker.infer.outputs;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.seg.SegReader;
import io.deformux.dicom.seg.Segment;
import io.deformux.dicom.seg.SegmentTable;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.LabelMap;
import io.deformux.worker.infer.stage.JobWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DicomSegOutputTest {
    private static final JobWatch WATCH = JobWatch.of((done, total) -> {});

    @TempDir
    private Path folder;

    private final DicomSegOutput output = new DicomSegOutput(SegmentTable.standard(), "0.1.0");

    @ParameterizedTest
    @EnumSource(SegKind.class)
    void aDicomScanGetsASegmentation(SegKind kind) throws IOException {
        SegmentedScan result = Results.dicom(folder.resolve("series"), kind);
        Path file = folder.resolve("1.dcm");

        assertThat(output.write(result, file, WATCH)).isTrue();

        assertThatArray(new SegReader().read(file, result.labels().geometry()).labels())
                .isEqualTo(result.labels().labels());
        output.write(result, folder.resolve("2.dcm"), WATCH);
        assertThatArray(Files.readAllBytes(folder.resolve("2.dcm"))).isEqualTo(Files.readAllBytes(file));
    }

    /** The last byte of pixels, and the position of a frame. */
    @ParameterizedTest
    @EnumSource(SegKind.class)
    void aFileThatSaysOtherwiseIsNotBelieved(SegKind kind) throws IOException {
        SegmentedScan result = Results.dicom(folder.resolve("series"), kind);
        Path file = folder.resolve("1.dcm");
        output.write(result, file, WATCH);
        List<Segment> segments =
                Segment.present(result.labels().counts(), "own", Results.PRESET.classes(), SegmentTable.standard());
        byte[] good = Files.readAllBytes(file);
        output.check(file, result.labels(), segments, WATCH);

        byte[] pixel = good.clone();
        pixel[good.length - 2] ^= 1;
        byte[] position = good.clone();
        position[new String(good, StandardCharsets.ISO_8859_1).indexOf("0\\0\\9")] = '1';
        for (byte[] bad : List.of(pixel, position, Arrays.copyOf(good, good.length - 2))) {
            Files.write(file, bad);

            assertThatThrownBy(() -> output.check(file, result.labels(), segments, WATCH))
                    .isInstanceOfSatisfying(
                            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.OUTPUT_FAILED));
        }
    }

    @Test
    void anotherFormatGetsNone() {
        SegmentedScan dicom = Results.dicom(folder.resolve("series"), SegKind.BINARY);
        SegmentedScan other = Results.of(dicom.scan(), Optional.empty(), dicom.labels());

        assertThat(output.write(other, folder.resolve("1.dcm"), WATCH)).isFalse();
        assertThat(folder.resolve("1.dcm")).doesNotExist();
    }

    @Test
    void nothingFoundGivesNone() {
        SegmentedScan dicom = Results.dicom(folder.resolve("series"), SegKind.BINARY);
        LabelMap nothing =
                new LabelMap(dicom.labels().geometry(), new byte[dicom.labels().labels().length]);
        SegmentedScan empty = Results.of(dicom.scan(), dicom.source(), nothing);

        assertThat(output.write(empty, folder.resolve("1.dcm"), WATCH)).isFalse();
    }
}
