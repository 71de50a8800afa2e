package io.deformux.worker.infer.outputs;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.rtstruct.RtStructReader;
import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.seg.SegmentTable;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.stage.JobWatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

/** What is stored on request: report, structure set and surfaces. */
class DerivedOutputsTest {
    private static final JobWatch WATCH = JobWatch.of((done, total) -> {});

    @TempDir
    private Path folder;

    private final SegmentTable table = SegmentTable.standard();
    private final DicomRtStructOutput structures = new DicomRtStructOutput(table, "0.1.0");

    @ParameterizedTest
    @EnumSource(SegKind.class)
    void theReportRefersToTheSegmentationOfTheSameJob(SegKind kind) {
        SegmentedScan result = Results.dicom(folder.resolve("series"), kind);
        new DicomSegOutput(table, "0.1.0").write(result, folder.resolve("seg.dcm"), WATCH);

        assertThat(new DicomSrOutput(table, "0.1.0").write(result, folder.resolve("sr.dcm"), WATCH))
                .isTrue();

        DataSet evidence = header(folder.resolve("sr.dcm"))
                .items(Tag.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE)
                .get(0);
        DataSet series = evidence.items(Tag.REFERENCED_SERIES_SEQUENCE).get(0);
        DataSet seg = header(folder.resolve("seg.dcm"));
        assertThat(series.uid(Tag.SERIES_INSTANCE_UID)).isEqualTo(seg.uid(Tag.SERIES_INSTANCE_UID));
        assertThat(series.items(Tag.REFERENCED_SOP_SEQUENCE).get(0).uid(Tag.REFERENCED_SOP_INSTANCE_UID))
                .isEqualTo(seg.uid(Tag.SOP_INSTANCE_UID));
    }

    @Test
    void theReportHasTheVolumeOfTheMeasurements() {
        SegmentedScan result = Results.dicom(folder.resolve("series"), SegKind.BINARY);
        new DicomSrOutput(table, "0.1.0").write(result, folder.resolve("sr.dcm"), WATCH);

        List<Double> numbers = header(folder.resolve("sr.dcm")).items(Tag.CONTENT_SEQUENCE).stream()
                .flatMap(item -> item.items(Tag.CONTENT_SEQUENCE).stream())
                .flatMap(group -> group.items(Tag.CONTENT_SEQUENCE).stream())
                .flatMap(item -> item.items(Tag.MEASURED_VALUE_SEQUENCE).stream())
                .map(value -> value.decimals(Tag.NUMERIC_VALUE, 1)[0])
                .toList();

        Measurements.Label label = Measurements.of(result, WATCH).labels().get(0);
        assertThat(numbers)
                .containsExactly(
                        label.volumeMl(), label.intensity().orElseThrow().mean());
    }

    @Test
    void theStructuresAreTheLabels() {
        SegmentedScan result = Results.dicom(folder.resolve("series"), SegKind.BINARY);
        Path file = folder.resolve("structures.dcm");

        assertThat(structures.write(result, file, WATCH)).isTrue();

        LabelMap labels = result.labels();
        assertThatArray(new RtStructReader().read(file, labels.geometry()).labels())
                .isEqualTo(labels.labels());
    }

    @Test
    void structuresOfTooManyPointsAreLeftOutWithAWarning() {
        SegmentedScan result = Results.dicom(folder.resolve("series"), SegKind.BINARY);
        // A rectangle in each of two slices.
        assertThat(new DicomRtStructOutput(table, "0.1.0", 7).leftOut(result))
                .map(Warning::code)
                .contains(WarningCode.RTSTRUCT_TOO_LARGE);
        assertThat(new DicomRtStructOutput(table, "0.1.0", 8).leftOut(result)).isEmpty();
    }

    @Test
    void structuresThatAreNotTheLabelsAreNotBelieved() {
        SegmentedScan result = Results.dicom(folder.resolve("series"), SegKind.BINARY);
        Path file = folder.resolve("structures.dcm");
        structures.write(result, file, WATCH);
        byte[] other = result.labels().labels().clone();
        Arrays.fill(other, 0, 8, (byte) 1);
        LabelMap labels = new LabelMap(result.labels().geometry(), other);

        JobException failure = catchThrowableOfType(
                JobException.class, () -> structures.check(file, labels, result.segments(table), WATCH));

        assertThat(failure.code()).isEqualTo(FailureCode.OUTPUT_FAILED);
    }

    @Test
    void aScanOfAnotherFormatAndOneWithoutFindingsHaveNeither() {
        Volume scan = new Volume(Results.grid(), new float[24]);
        byte[] ones = new byte[24];
        ones[3] = 1;
        SegmentedScan nifti = Results.of(scan, Optional.empty(), new LabelMap(Results.grid(), ones));
        SegmentedScan nothing = Results.of(scan, Optional.empty(), new LabelMap(Results.grid(), new byte[24]));
        Path file = folder.resolve("file");

        for (OneFileOutput output : List.of(structures, new DicomSrOutput(table, "0.1.0"))) {
            assertThat(output.write(nifti, file, WATCH)).isFalse();
        }
        assertThat(new MeshOutput(table).write(nothing, file, WATCH)).isFalse();
        assertThat(file).doesNotExist();
        assertThat(new MeshOutput(table).write(nifti, file, WATCH)).isTrue();
    }

    @Test
    void surfacesAreNamedColouredAndInMillimetres() throws IOException {
        byte[] labels = new byte[24];
        labels[0] = 1;
        labels[23] = 2;
        SegmentedScan result = Results.of(
                new Volume(Results.grid(), new float[24]), Optional.empty(), new LabelMap(Results.grid(), labels));
        Path file = folder.resolve("surfaces.glb");
        new MeshOutput(table).write(result, file, WATCH);

        ByteBuffer glb = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(glb.getInt(0)).isEqualTo(0x46546c67);
        assertThat(glb.getInt(8)).isEqualTo(glb.capacity());
        byte[] json = new byte[glb.getInt(12)];
        glb.get(20, json);
        JsonNode document = new ObjectMapper().readTree(new String(json, StandardCharsets.UTF_8));
        assertThat(document.at("/asset/extras/vertices").asText()).isEqualTo("RAS+ mm");
        assertThat(document.at("/nodes").findValuesAsText("name")).containsExactly("RAS+ mm", "one", "two");
        assertThat(document.at("/buffers/0/byteLength").asInt())
                .isEqualTo(glb.capacity() - 12 - 8 - json.length - 8)
                .isEqualTo(glb.getInt(20 + json.length));
        // Label 1 is the voxel of 2 x 3 x 5 mm with its centre at (10, 20, 30).
        JsonNode vertices = document.at("/accessors/0");
        assertThat(vertices.at("/min/0").asDouble()).isBetween(9.0, 10.0);
        assertThat(vertices.at("/max/2").asDouble()).isBetween(30.0, 32.5);
        assertThat(vertices.at("/count").asInt()).isEqualTo(8);
        assertThat(document.at("/accessors/1/count").asInt()).isEqualTo(36);
    }

    private static DataSet header(Path file) {
        try (DicomFile open = DicomFile.open(file, 1 << 24).orElseThrow()) {
            return open.header();
        }
    }
}
