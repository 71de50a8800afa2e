package io.deformux.worker.infer.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.seg.SegmentTable;
import io.deformux.worker.infer.stage.JobWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names of labels for other programs. */
class LabelListOutputTest {
    @TempDir
    private Path folder;

    private String written(OutputRole role) throws IOException {
        OneFileOutput output = LabelListOutput.all(SegmentTable.standard()).stream()
                .filter(one -> one.role() == role)
                .findFirst()
                .orElseThrow();
        Path file = folder.resolve(role.fileName());
        assertThat(output.write(
                        Results.dicom(folder.resolve("series"), SegKind.BINARY),
                        file,
                        JobWatch.of((done, total) -> {})))
                .isTrue();
        return Files.readString(file);
    }

    @Test
    void jsonHasValueNameAndColourOfEveryLabel() throws IOException {
        assertThat(written(OutputRole.LABEL_NAMES).replaceAll("\\s", ""))
                .isEqualTo("{\"formatVersion\":1,\"labels\":[{\"value\":1,\"name\":\"one\",\"colour\":\"#e69f00\"},"
                        + "{\"value\":2,\"name\":\"two\",\"colour\":\"#56b4e9\"},"
                        + "{\"value\":3,\"name\":\"none\",\"colour\":\"#009e73\"}]}");
    }

    @Test
    void itkSnapReadsALineOfEightColumnsPerLabel() throws IOException {
        assertThat(written(OutputRole.ITK_SNAP_LABELS).lines())
                .contains("    0     0    0    0        0  0  0    \"Clear Label\"")
                .contains("    1   230  159    0        1  1  1    \"one\"");
    }

    @Test
    void slicerReadsALineOfSixColumnsPerLabel() throws IOException {
        assertThat(written(OutputRole.SLICER_COLOURS).lines())
                .containsExactly(
                        "# Color table file: value name red green blue opacity",
                        "0 background 0 0 0 0",
                        "1 one 230 159 0 255",
                        "2 two 86 180 233 255",
                        "3 none 0 158 115 255");
    }
}
