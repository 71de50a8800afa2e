package io.deformux.dicom.seg;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.volume.Affine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What viewers in a browser (OHIF and its kin) take for granted of a segmentation object. */
class ViewerOrderTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(SegKind.class)
    void framesFollowTheirDimensionsAndSlicesGoUpwards(SegKind kind) {
        DataSet header = header(kind);
        List<DataSet> frames = header.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        List<String> order = new ArrayList<>();
        for (DataSet frame : frames) {
            int[] index = dimensionIndex(frame);
            int segment = kind == SegKind.BINARY ? index[0] : 0;
            double z = frame.items(Tag.PLANE_POSITION_SEQUENCE).get(0).decimals(Tag.IMAGE_POSITION_PATIENT, 3)[2];
            if (kind == SegKind.BINARY) {
                assertThat(frame.items(Tag.SEGMENT_IDENTIFICATION_SEQUENCE)
                                .get(0)
                                .unsignedShort(Tag.REFERENCED_SEGMENT_NUMBER))
                        .isEqualTo(segment);
            }
            // The places of the slices, which are 2 mm apart, are numbered from the lowest that has a frame.
            assertThat(z).isEqualTo(2.0 * index[index.length - 1]);
            order.add(String.format("%03d %03d", segment, index[index.length - 1]));
        }
        assertThat(order).isSorted().doesNotHaveDuplicates();
        assertThat(header.integer(Tag.NUMBER_OF_FRAMES, 0)).isEqualTo(frames.size());
    }

    @ParameterizedTest
    @EnumSource(SegKind.class)
    void segmentsAreInTheOrderOfTheirNumbersWithoutAGap(SegKind kind) {
        List<Integer> numbers = header(kind).items(Tag.SEGMENT_SEQUENCE).stream()
                .map(item -> item.unsignedShort(Tag.SEGMENT_NUMBER))
                .toList();

        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = Tag.class,
            names = {"STUDY_DATE", "SERIES_DATE", "CONTENT_DATE", "PATIENT_BIRTH_DATE"})
    void datesAreDaysOrEmpty(Tag tag) {
        assertThat(text(header(SegKind.BINARY), tag)).matches("|\\d{8}");
    }

    private DataSet header(SegKind kind) {
        Path file = SegExample.of(folder.resolve("series"), Affine.scaling(-1, -1, 2), kind)
                .write(folder.resolve("seg.dcm"));
        try (DicomFile open = DicomFile.open(file, 1 << 24).orElseThrow()) {
            return open.header();
        }
    }

    private static int[] dimensionIndex(DataSet frame) {
        Element.Bytes values = (Element.Bytes) frame.items(Tag.FRAME_CONTENT_SEQUENCE)
                .get(0)
                .element(Tag.DIMENSION_INDEX_VALUES.number())
                .orElseThrow();
        int[] index = new int[values.value().length / 4];
        ByteBuffer.wrap(values.value())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(index);
        return index;
    }

    private static String text(DataSet header, Tag tag) {
        Element.Bytes bytes = (Element.Bytes) header.element(tag.number()).orElseThrow();
        return new String(bytes.value(), StandardCharsets.US_ASCII).strip();
    }
}
