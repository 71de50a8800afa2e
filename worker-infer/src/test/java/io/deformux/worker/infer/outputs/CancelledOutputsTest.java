package io.deformux.worker.infer.outputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.provider.MethodSource;

/** A job that is taken away notices it between two classes. */
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
