package io.deformux.dicom.seg;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.DicomFileWriter;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.data.Vr;
import io.deformux.dicom.series.DicomSeries;
import io.deformux.dicom.series.EnhancedImage;
import io.deformux.volume.Affine;
import io.deformux.volume.LabelMap;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the object says beside its pixels. */
class SegHeaderTest {
    private static final Affine UPRIGHT = Affine.of(-0.7, 0, 0, 11, 0, -0.9, 0, 13, 0, 0, 2.5, -40);

    @TempDir
    private Path folder;

    private SegExample example;

    @BeforeEach
    void makeExample() {
        example = SegExample.of(folder.resolve("series"), UPRIGHT, SegKind.BINARY);
    }

    private DataSet header(SegExample written) {
        return header(written.write(folder.resolve("seg.dcm")));
    }

    private static DataSet header(Path file) {
        try (DicomFile open = DicomFile.open(file, 1 << 24).orElseThrow()) {
            return open.header(100_000);
        }
    }

    private static String text(DataSet dataSet, Tag tag) {
        Element.Bytes element = (Element.Bytes) dataSet.element(tag.number()).orElseThrow();
        return new String(element.value(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void emptySegmentsAreLeftOutAndTheOthersNumberedFromOne() {
        List<DataSet> segments = header(example).items(Tag.SEGMENT_SEQUENCE);

        assertThat(segments)
                .extracting(item -> text(item, Tag.SEGMENT_LABEL))
                .containsExactly("spleen", "left kidney", "growth");
        assertThat(segments)
                .extracting(item -> item.unsignedShort(Tag.SEGMENT_NUMBER))
                .containsExactly(1, 2, 3);
    }

    @Test
    void aLabelMapIsNumberedTheSameAndEachSegmentSaysItsLabel() {
        DataSet header = header(SegExample.of(example.series(), example.labels(), SegKind.LABELMAP));

        assertThat(header.items(Tag.SEGMENT_SEQUENCE))
                .extracting(item -> item.unsignedShort(Tag.SEGMENT_NUMBER))
                .containsExactly(1, 2, 3);
        assertThat(header.items(Tag.SEGMENT_SEQUENCE))
                .extracting(item -> text(item, Tag.SEGMENT_DESCRIPTION))
                .containsExactly("label value 1", "label value 3", "label value 4");
        assertThat(header.unsignedShort(Tag.PIXEL_PADDING_VALUE)).isZero();
        assertThat(header.integer(Tag.NUMBER_OF_FRAMES, 0)).isEqualTo(5);
    }

    @Test
    void emptyFramesAreLeftOutAndIndexedByTheSlicesThatAreLeft() {
        DataSet header = header(example);

        // Five slices of segments 1 and 2 each, one of segment 3; slice 0 has none.
        assertThat(header.integer(Tag.NUMBER_OF_FRAMES, 0)).isEqualTo(11);
        List<DataSet> frames = header.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        assertThatArray(index(frames.get(0))).containsExactly(1, 0, 0, 0, 1, 0, 0, 0);
        assertThatArray(index(frames.get(10))).containsExactly(3, 0, 0, 0, 4, 0, 0, 0);
    }

    private static byte[] index(DataSet frame) {
        DataSet content = frame.items(Tag.FRAME_CONTENT_SEQUENCE).get(0);
        return ((Element.Bytes)
                        content.element(Tag.DIMENSION_INDEX_VALUES.number()).orElseThrow())
                .value();
    }

    @Test
    void aFrameRefersToItsSliceAndTheObjectToAllSlices() {
        DataSet header = header(example);

        DataSet frame = header.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE).get(10);
        DataSet derivation = frame.items(Tag.DERIVATION_IMAGE_SEQUENCE).get(0);
        assertThat(derivation.items(Tag.SOURCE_IMAGE_SEQUENCE).get(0).uid(Tag.REFERENCED_SOP_INSTANCE_UID))
                .isEqualTo(example.series().info().instances().get(4).sopInstanceUid());
        DataSet series = header.items(Tag.REFERENCED_SERIES_SEQUENCE).get(0);
        assertThat(series.uid(Tag.SERIES_INSTANCE_UID))
                .isEqualTo(example.series().info().seriesInstanceUid());
        assertThat(series.items(Tag.REFERENCED_INSTANCE_SEQUENCE))
                .extracting(item -> item.uid(Tag.REFERENCED_SOP_INSTANCE_UID))
                .containsExactlyElementsOf(example.series().info().instances().stream()
                        .map(instance -> instance.sopInstanceUid())
                        .toList());
    }

    @Test
    void aFrameOfAMultiFrameSourceIsReferredToByItsNumberAndTheObjectOnce() {
        Path object = EnhancedImage.write(folder.resolve("series"), folder.resolve("enhanced.dcm"));
        DicomSeries source = SegExample.read(object);

        DataSet header = header(SegExample.of(source, example.labels(), SegKind.BINARY));

        DataSet frame = header.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE).get(10);
        DataSet image = frame.items(Tag.DERIVATION_IMAGE_SEQUENCE)
                .get(0)
                .items(Tag.SOURCE_IMAGE_SEQUENCE)
                .get(0);
        assertThat(image.uid(Tag.REFERENCED_SOP_CLASS_UID)).isEqualTo("1.2.840.10008.5.1.4.1.1.2.1");
        assertThat(image.integer(Tag.REFERENCED_FRAME_NUMBER, 0)).isEqualTo(5);
        List<DataSet> whole =
                header.items(Tag.REFERENCED_SERIES_SEQUENCE).get(0).items(Tag.REFERENCED_INSTANCE_SEQUENCE);
        assertThat(whole).hasSize(1);
        assertThat(whole.get(0).has(Tag.REFERENCED_FRAME_NUMBER)).isFalse();
        DataSet measures = header.items(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE)
                .get(0)
                .items(Tag.PIXEL_MEASURES_SEQUENCE)
                .get(0);
        assertThatArray(measures.decimals(Tag.PIXEL_SPACING, 2)).containsExactly(0.9, 0.7);
    }

    @Test
    void segmentsAreCodedAndAutomatic() {
        DataSet kidney = header(example).items(Tag.SEGMENT_SEQUENCE).get(1);

        assertThat(text(kidney, Tag.SEGMENT_ALGORITHM_TYPE)).isEqualTo("AUTOMATIC");
        DataSet type = kidney.items(Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE).get(0);
        assertThat(text(type, Tag.CODE_VALUE)).isEqualTo("64033007");
        assertThat(text(type, Tag.CODING_SCHEME_DESIGNATOR)).isEqualTo("SCT");
        assertThat(text(
                        type.items(Tag.SEGMENTED_PROPERTY_TYPE_MODIFIER_CODE_SEQUENCE)
                                .get(0),
                        Tag.CODE_MEANING))
                .isEqualTo("Left");
        DataSet algorithm =
                kidney.items(Tag.SEGMENTATION_ALGORITHM_IDENTIFICATION_SEQUENCE).get(0);
        assertThat(text(algorithm, Tag.ALGORITHM_NAME)).isEqualTo("amos-test");
        assertThat(text(algorithm, Tag.ALGORITHM_VERSION)).isEqualTo("1.2.0");
    }

    @Test
    void theSameJobGivesTheSameBytesAndAnotherJobOtherUids() throws IOException {
        Path first = example.write(folder.resolve("1.dcm"));
        Path again =
                SegExample.of(folder.resolve("series"), UPRIGHT, SegKind.BINARY).write(folder.resolve("2.dcm"));
        SegDescription other =
                new SegDescription(SegKind.BINARY, "job-2\ninput\nmodel", "amos-test", "1", "0", "0", SegExample.BEGUN);
        Path third = new SegExample(example.series(), example.labels(), example.segments(), other)
                .write(folder.resolve("3.dcm"));

        assertThatArray(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(first));
        for (Tag uid : List.of(Tag.SOP_INSTANCE_UID, Tag.SERIES_INSTANCE_UID)) {
            assertThat(header(first).uid(uid))
                    .startsWith("2.25.")
                    .isNotEqualTo(header(third).uid(uid));
        }
        assertThat(header(first).uid(Tag.STUDY_INSTANCE_UID))
                .isEqualTo(header(third).uid(Tag.STUDY_INSTANCE_UID));
        assertThat(text(header(first), Tag.SERIES_NUMBER))
                .matches("1\\d{6}")
                .isNotEqualTo(text(header(third), Tag.SERIES_NUMBER));
        assertThat(text(header(first), Tag.SERIES_DESCRIPTION)).isEqualTo("Segmentation amos-test 1.2.0");
    }

    @Test
    void patientAndStudyAreThoseOfTheSourceByteByByte() throws IOException {
        DataSet slice = header(folder.resolve("series").resolve("0001.dcm"));
        byte[] name = "Müller^Jürgen ".getBytes(StandardCharsets.ISO_8859_1);
        slice.put(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 100")
                .put(new Element.Bytes(Tag.PATIENT_NAME.number(), Tag.PATIENT_NAME.vr(), name, ByteOrder.LITTLE_ENDIAN))
                .put(Tag.STUDY_DATE, "20240229")
                .put(Tag.STUDY_TIME, "235959.5")
                .put(Tag.TIMEZONE_OFFSET_FROM_UTC, "+0200")
                .put(Tag.PATIENT_SEX, "F");

        DataSet header = segmentationOf(slice, TransferSyntax.IMPLICIT_LITTLE);

        assertThatArray(((Element.Bytes)
                                header.element(Tag.PATIENT_NAME.number()).orElseThrow())
                        .value())
                .isEqualTo(name);
        assertThat(text(header, Tag.SPECIFIC_CHARACTER_SET)).isEqualTo("ISO_IR 100");
        assertThat(text(header, Tag.PATIENT_SEX)).isEqualTo("F");
        assertThat(text(header, Tag.STUDY_DATE)).isEqualTo("20240229");
        assertThat(text(header, Tag.STUDY_TIME)).isEqualTo("235959.5");
        for (List<Tag> own :
                List.of(List.of(Tag.CONTENT_DATE, Tag.CONTENT_TIME), List.of(Tag.SERIES_DATE, Tag.SERIES_TIME))) {
            assertThat(text(header, own.get(0)))
                    .as("the job's day where the scanner is")
                    .isEqualTo("20260302");
            assertThat(text(header, own.get(1))).isEqualTo("003005");
        }
        assertThat(header.uid(Tag.FRAME_OF_REFERENCE_UID)).isEqualTo(slice.uid(Tag.FRAME_OF_REFERENCE_UID));
    }

    @Test
    void whatTheSourceHasThatCannotBeWrittenIsLeftOut() throws IOException {
        DataSet slice = header(folder.resolve("series").resolve("0001.dcm"));
        DataSet code = new DataSet()
                .put(Tag.CODE_VALUE, "113100")
                .put(text(Tag.CODE_MEANING, 65_536))
                .put(new Element.Bytes(0x00190010, Vr.LO, new byte[2], ByteOrder.BIG_ENDIAN));
        slice.put(Tag.DEIDENTIFICATION_METHOD_CODE_SEQUENCE, code).put(text(Tag.INSTITUTION_NAME, 70_000));

        DataSet implicit = segmentationOf(slice, TransferSyntax.IMPLICIT_LITTLE);

        assertThat(implicit.has(Tag.INSTITUTION_NAME)).isFalse();
        assertThat(implicit.items(Tag.DEIDENTIFICATION_METHOD_CODE_SEQUENCE)
                        .get(0)
                        .elements())
                .extracting(Element::tag)
                .containsExactly(Tag.CODE_VALUE.number());

        slice.put(text(Tag.INSTITUTION_NAME, 10)).put(Tag.DEIDENTIFICATION_METHOD_CODE_SEQUENCE, code);
        code.put(text(Tag.CODE_MEANING, 10))
                .put(new Element.Bytes(0x00280001, Vr.FD, new byte[4], ByteOrder.BIG_ENDIAN));
        slice.put(new Element.Items(Tag.STATION_NAME.number(), List.of(new DataSet())));

        DataSet bigEndian = segmentationOf(slice, TransferSyntax.EXPLICIT_BIG);

        assertThat(bigEndian.items(Tag.CONTRIBUTING_EQUIPMENT_SEQUENCE).get(0).has(Tag.STATION_NAME))
                .isFalse();
        assertThat(bigEndian
                        .items(Tag.DEIDENTIFICATION_METHOD_CODE_SEQUENCE)
                        .get(0)
                        .elements())
                .extracting(Element::tag)
                .containsExactly(Tag.CODE_VALUE.number(), Tag.CODE_MEANING.number());
    }

    private static Element text(Tag tag, int bytes) {
        return new Element.Bytes(
                tag.number(), tag.vr(), "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII), ByteOrder.LITTLE_ENDIAN);
    }

    private DataSet segmentationOf(DataSet slice, TransferSyntax syntax) throws IOException {
        DicomSeries series = seriesOf(slice, syntax);
        return header(SegExample.of(series, new LabelMap(series.volume().geometry(), ones(35)), SegKind.BINARY));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, Drüse, US-ASCII, label 1",
                "none, gland, US-ASCII, gland",
                "ISO_IR 100, Drüse, ISO-8859-1, Drüse",
                "ISO_IR 100, αδένας, ISO-8859-1, label 1",
                "ISO_IR 126, αδένας, ISO-8859-7, αδένας",
                "ISO_IR 192, 腺, UTF-8, 腺",
                "GB18030, 腺, GB18030, 腺",
                "ISO 2022 IR 100\\ISO 2022 IR 87, Drüse, US-ASCII, label 1",
                "ISO_IR 999, Drüse, US-ASCII, label 1"
            })
    void namesAreWrittenInTheCharacterSetOfTheSourceOrByTheLabel(
            String set, String name, String charset, String expected) throws IOException {
        DataSet slice = header(folder.resolve("series").resolve("0001.dcm"));
        if (set != null) {
            slice.put(Tag.SPECIFIC_CHARACTER_SET, set);
        }

        DataSet item = header(named(seriesOf(slice, TransferSyntax.EXPLICIT_LITTLE), name, "m", "1"))
                .items(Tag.SEGMENT_SEQUENCE)
                .get(0);

        byte[] label = ((Element.Bytes) item.element(Tag.SEGMENT_LABEL.number()).orElseThrow()).value();
        assertThat(new String(label, Charset.forName(charset)).strip()).isEqualTo(expected);
    }

    /** An object of one segment. */
    private static SegExample named(DicomSeries series, String name, String model, String version) {
        Segment segment = new Segment(1, 1, name, SegmentTable.standard().codes("own", name, 1));
        LabelMap labels = new LabelMap(
                series.volume().geometry(),
                ones(series.volume().geometry().shape().length()));
        return new SegExample(
                series,
                labels,
                List.of(segment),
                new SegDescription(SegKind.BINARY, "job", model, version, "0", "0", SegExample.BEGUN));
    }

    @Test
    void aNameHasNoBackslashAndAtMost64Characters() {
        DataSet item = header(named(example.series(), "gland \\ " + "x".repeat(80), "m", "1"))
                .items(Tag.SEGMENT_SEQUENCE)
                .get(0);

        assertThat(text(item, Tag.SEGMENT_LABEL)).startsWith("gland / xxx").hasSize(64);
    }

    @ParameterizedTest
    @CsvSource({"12, 5", "50, 5", "64, 5", "128, 5", "128, 40", "128, 63", "1, 64", "128, 64"})
    void twoVersionsNeverLookAlikeHoweverLongTheNameIs(int name, int version) {
        String model = "n".repeat(name);
        DataSet one = header(named(example.series(), "gland", model, "1".repeat(version - 1) + "1"));
        DataSet two = header(named(example.series(), "gland", model, "1".repeat(version - 1) + "2"));

        for (Tag tag : List.of(Tag.SERIES_DESCRIPTION, Tag.CONTENT_DESCRIPTION)) {
            assertThat(text(one, tag)).hasSizeLessThanOrEqualTo(64).isNotEqualTo(text(two, tag));
        }
        assertThat(text(one, Tag.SERIES_DESCRIPTION).startsWith("Segmentation " + "n".repeat(Math.min(name, 12))))
                .isEqualTo(version < 40);
    }

    @Test
    void theMakerIsThisSoftwareWhateverTheNetwork() {
        assertThat(text(header(example), Tag.MANUFACTURER_MODEL_NAME)).isEqualTo("deformux");
    }

    @Test
    void backgroundAloneIsNoObject() {
        LabelMap empty = new LabelMap(
                example.labels().geometry(), new byte[example.labels().labels().length]);
        SegExample nothing = SegExample.of(example.series(), empty, SegKind.BINARY);

        assertThat(nothing.segments()).isEmpty();
        assertThatThrownBy(() -> nothing.write(folder.resolve("none.dcm"))).hasMessageContaining("needs a segment");
    }

    private static byte[] ones(int n) {
        byte[] ones = new byte[n];
        Arrays.fill(ones, (byte) 1);
        return ones;
    }

    private DicomSeries seriesOf(DataSet slice, TransferSyntax syntax) throws IOException {
        slice.put(new Element.Bytes(
                Tag.PIXEL_DATA.number(), Tag.PIXEL_DATA.vr(), new byte[2 * 35], ByteOrder.LITTLE_ENDIAN));
        Path file = Files.createDirectories(folder.resolve("one")).resolve("1.dcm");
        try (OutputStream out = Files.newOutputStream(file)) {
            DicomFileWriter.write(out, syntax, slice);
        }
        return SegExample.read(file.getParent());
    }
}
