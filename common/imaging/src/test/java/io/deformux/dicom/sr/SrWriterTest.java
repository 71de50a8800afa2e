package io.deformux.dicom.sr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.seg.SegExample;
import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.series.SeriesInfo;
import io.deformux.volume.Affine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SrWriterTest {
    @TempDir
    Path folder;

    private SegExample example;

    @BeforeEach
    void makeExample() {
        example = SegExample.of(folder.resolve("series"), Affine.scaling(1, 1, 2), SegKind.BINARY);
    }

    @Test
    void eachSegmentIsAGroupWithItsVolumeItsMeanAndAReferenceToIt() {
        DataSet report = write("CT", Optional.of(41.25));

        List<DataSet> groups = groups(report);
        assertThat(groups).hasSize(3);
        DataSet group = groups.get(1);
        assertThat(text(report.items(Tag.CONTENT_TEMPLATE_SEQUENCE).get(0), Tag.TEMPLATE_IDENTIFIER))
                .isEqualTo("1500");
        assertThat(groups).allSatisfy(each -> {
            DataSet template = each.items(Tag.CONTENT_TEMPLATE_SEQUENCE).get(0);
            assertThat(text(template, Tag.MAPPING_RESOURCE)).isEqualTo("DCMR");
            assertThat(text(template, Tag.TEMPLATE_IDENTIFIER)).isEqualTo("1411");
        });
        DataSet segment =
                named(group, "121191").items(Tag.REFERENCED_SOP_SEQUENCE).get(0);
        assertThat(segment.unsignedShort(Tag.REFERENCED_SEGMENT_NUMBER)).isEqualTo(2);
        assertThat(segment.uid(Tag.REFERENCED_SOP_INSTANCE_UID))
                .isEqualTo(example.description().instance().sopInstanceUid());
        assertThat(number(named(group, "118565006"))).isEqualTo(2.5);
        assertThat(unit(named(group, "118565006"))).isEqualTo("mL");
        DataSet mean = named(group, "112031");
        assertThat(number(mean)).isEqualTo(41.25);
        assertThat(unit(mean)).isEqualTo("[hnsf'U]");
        assertThat(text(named(mean, "121401").items(Tag.CONCEPT_CODE_SEQUENCE).get(0), Tag.CODE_MEANING))
                .isEqualTo("Mean");
    }

    @Test
    void theEvidenceIsTheSegmentationAndTheImages() {
        DataSet evidence = write("CT", Optional.of(1.0))
                .items(Tag.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE)
                .get(0);

        List<DataSet> series = evidence.items(Tag.REFERENCED_SERIES_SEQUENCE);
        assertThat(series)
                .extracting(item -> item.uid(Tag.SERIES_INSTANCE_UID))
                .containsExactly(
                        example.description().seriesInstanceUid(),
                        example.series().info().seriesInstanceUid());
        assertThat(series.get(1).items(Tag.REFERENCED_SOP_SEQUENCE)).hasSize(6);
    }

    @Test
    void meansOfMrHaveNoUnitAndMayBeAbsent() {
        DataSet group = groups(write("MR", Optional.of(7.0))).get(0);
        assertThat(unit(named(group, "110852"))).isEqualTo("1");

        DataSet without = groups(write("MR", Optional.empty())).get(0);
        assertThat(without.items(Tag.CONTENT_SEQUENCE))
                .noneMatch(item -> text(item, Tag.VALUE_TYPE).equals("NUM")
                        && !code(item.items(Tag.CONCEPT_NAME_CODE_SEQUENCE).get(0))
                                .equals("118565006"));
    }

    @Test
    void theSameJobGivesTheSameBytesAndNothingMeasuredIsNoReport() throws IOException {
        write("CT", Optional.of(1.0));
        byte[] first = Files.readAllBytes(folder.resolve("sr.dcm"));
        write("CT", Optional.of(1.0));

        assertThat(folder.resolve("sr.dcm")).hasBinaryContent(first);
        assertThatThrownBy(() -> new SrWriter()
                        .write(
                                folder.resolve("sr.dcm"),
                                List.of(),
                                example.series().info(),
                                example.series().source(),
                                example.description()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private DataSet write(String modality, Optional<Double> mean) {
        SeriesInfo ct = example.series().info();
        SeriesInfo info = new SeriesInfo(
                modality,
                ct.studyInstanceUid(),
                ct.seriesInstanceUid(),
                ct.frameOfReferenceUid(),
                ct.transferSyntaxUids(),
                ct.instances());
        Path file = folder.resolve("sr.dcm");
        List<SegmentMeasurement> measurements = example.segments().stream()
                .map(segment -> new SegmentMeasurement(segment, 2.5, mean))
                .toList();
        new SrWriter().write(file, measurements, info, example.series().source(), example.description());
        try (DicomFile open = DicomFile.open(file, 1 << 24).orElseThrow()) {
            return open.header();
        }
    }

    private static List<DataSet> groups(DataSet report) {
        return named(report, "126010").items(Tag.CONTENT_SEQUENCE);
    }

    private static DataSet named(DataSet parent, String concept) {
        return parent.items(Tag.CONTENT_SEQUENCE).stream()
                .filter(item ->
                        code(item.items(Tag.CONCEPT_NAME_CODE_SEQUENCE).get(0)).equals(concept))
                .findFirst()
                .orElseThrow();
    }

    private static double number(DataSet item) {
        return item.items(Tag.MEASURED_VALUE_SEQUENCE).get(0).decimals(Tag.NUMERIC_VALUE, 1)[0];
    }

    private static String unit(DataSet item) {
        return code(item.items(Tag.MEASURED_VALUE_SEQUENCE)
                .get(0)
                .items(Tag.MEASUREMENT_UNITS_CODE_SEQUENCE)
                .get(0));
    }

    private static String code(DataSet item) {
        return text(item, Tag.CODE_VALUE);
    }

    private static String text(DataSet item, Tag tag) {
        Element.Bytes bytes = (Element.Bytes) item.element(tag.number()).orElseThrow();
        return new String(bytes.value(), StandardCharsets.US_ASCII).strip();
    }
}
