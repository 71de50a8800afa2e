package io.deformux.worker.infer.outputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.seg.SegmentTable;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.stage.JobWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A job that is taken away notices it between two classes, of DICOM objects while they are written or read back. */
class CancelledOutputsTest {
    private final SegmentedScan result = Results.of(
            new Volume(Results.grid(), new float[24]), Optional.empty(), new LabelMap(Results.grid(), new byte[24]));

    static Stream<JobOutput> outputs() {
        return Stream.of(
                new ClassMaskOutput(new NiftiWriter(), new NiftiReader(1000)),
                new MeshOutput(SegmentTable.standard()),
                new MeasurementsOutput());
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void whatIsAskedForPerClassEndsBetweenTwo(JobOutput output, @TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> output.writeInto(result, folder, takenAwayAfter(1)))
                .isInstanceOf(JobException.class);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void aMaskIsWrittenForEachClassThatIsStillWanted(@TempDir Path folder) {
        assertThat(new ClassMaskOutput(new NiftiWriter(), new NiftiReader(1000))
                        .writeInto(result, folder, takenAwayAfter(3)))
                .hasSize(3);
    }

    static Stream<Arguments> objects() {
        SegmentTable table = SegmentTable.standard();
        return Stream.of(
                Arguments.of(new DicomSegOutput(table, "1"), SegKind.BINARY),
                Arguments.of(new DicomSegOutput(table, "1"), SegKind.LABELMAP),
                Arguments.of(new DicomRtStructOutput(table, "1"), SegKind.BINARY));
    }

    /** Slices are written, and frames or contours read back, in blocks: four slices are one. */
    @ParameterizedTest
    @MethodSource("objects")
    void anObjectEndsWhileItIsWrittenOrReadBack(JobOutput output, SegKind kind, @TempDir Path folder)
            throws IOException {
        SegmentedScan dicom = Results.dicom(folder.resolve("series"), kind);
        for (int questions = 0; questions < 2; questions++) {
            Path into = Files.createDirectories(folder.resolve("after-" + questions));
            JobWatch watch = takenAwayAfter(questions);
            assertThatThrownBy(() -> output.writeInto(dicom, into, watch))
                    .as("after %d", questions)
                    .isInstanceOfSatisfying(
                            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.JOB_CANCELLED));
        }
        assertThat(output.writeInto(dicom, folder, takenAwayAfter(2))).hasSize(1);
    }

    private static JobWatch takenAwayAfter(int questions) {
        return new JobWatch() {
            private int asked;

            @Override
            public void requireOwned() {
                if (++asked > questions) {
                    throw new JobException(FailureCode.JOB_CANCELLED, "taken away");
                }
            }

            @Override
            public void windowsDone(int done, int total) {
                // There are none.
            }
        };
    }
}
