package io.deformux.dicom.series;

import static io.deformux.dicom.series.SyntheticSeries.file;
import static io.deformux.dicom.series.SyntheticSeries.images;
import static io.deformux.dicom.series.SyntheticSeries.write;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Encoding;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.data.Vr;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DicomSeriesRefusalTest {
    @TempDir
    Path folder;

    @Test
    void missingFolder() {
        refuses(folder.resolve("nowhere"), FailureCode.INPUT_NOT_FOUND, "");
    }

    @Test
    void emptyFolder() {
        refuses(folder, FailureCode.DICOM_NO_IMAGES, "none of the 0 files");
    }

    @Test
    void folderWithoutImages() {
        write(folder.resolve("readme"), "hello".getBytes(StandardCharsets.UTF_8));
        refuses(folder, FailureCode.DICOM_NO_IMAGES, "none of the 1 files");
    }

    @Test
    void mixedSeries() {
        List<DataSet> images = images(5);
        images.get(4).put(Tag.SERIES_INSTANCE_UID, "1.2.3");
        refuses(write(folder, images), FailureCode.DICOM_SERIES_MIXED, "1.2.3 (1 files), 2.25.");
    }

    @Test
    void seriesThatIsNotThere() {
        write(folder, images(3));
        JobException refusal =
                catchThrowableOfType(JobException.class, () -> new DicomSeriesReader(DicomLimits.defaults())
                        .read(folder, Optional.of("1.2.3")));
        assertThat(refusal.code()).isEqualTo(FailureCode.DICOM_NO_IMAGES);
    }

    @Test
    void brokenFileThatIsCalledDicom() {
        write(folder, images(3));
        write(folder.resolve("half.dcm"), new byte[100]);
        refuses(folder, FailureCode.INPUT_TRUNCATED, "file 4 of 4");
        write(folder.resolve("half.dcm"), new byte[200]);
        refuses(folder, FailureCode.DICOM_MALFORMED, "file 4 of 4");
    }

    @Test
    void missingSlice() {
        List<DataSet> images = images(8);
        images.remove(3);
        refuses(write(folder, images), FailureCode.DICOM_SLICE_MISSING, "1 missing after slice 3");
    }

    @Test
    void duplicateSlice() {
        List<DataSet> images = images(4);
        images.add(images(4).get(2).put(Tag.SOP_INSTANCE_UID, "1.2.3"));
        refuses(write(folder, images), FailureCode.DICOM_SLICE_DUPLICATE, "slices 3 and 4");
    }

    @Test
    void unevenSlices() {
        List<DataSet> images = images(6);
        images.get(5).put(Tag.IMAGE_POSITION_PATIENT, "-11\\-13\\-26.8");
        refuses(
                write(folder, images),
                FailureCode.DICOM_SPACING_UNEVEN,
                "usual gap is 2.500 mm, 3.200 mm after slice 5");
    }

    @Test
    void slicesThatLeanFurtherThanAnyGantry() {
        List<DataSet> images = images(6);
        for (int k = 0; k < 6; k++) {
            images.get(k).put(Tag.IMAGE_POSITION_PATIENT, "0\\" + 2 * k + "\\" + k);
        }
        refuses(write(folder, images), FailureCode.DICOM_GANTRY_TILT, "63.43 degrees");
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE_ORIENTATION_PATIENT, 0.999\\0.0447\\0\\-0.0447\\0.999\\0",
        "PIXEL_SPACING, 0.9\\0.8",
        "STUDY_INSTANCE_UID, 1.2.3"
    })
    void slicesThatDiffer(Tag tag, String value) {
        List<DataSet> images = images(4);
        images.get(0).put(tag, value);
        refuses(write(folder, images), FailureCode.DICOM_ATTRIBUTE_INVALID, tag + " differs");
    }

    @Test
    void slicesOfDifferentSize() {
        List<DataSet> images = images(4);
        images.get(0).put(Tag.ROWS, 4);
        refuses(write(folder, images), FailureCode.DICOM_ATTRIBUTE_INVALID, "Rows (0028,0010) differs");
    }

    @ParameterizedTest
    @EnumSource(
            value = Tag.class,
            names = {
                "STUDY_INSTANCE_UID",
                "SERIES_INSTANCE_UID",
                "IMAGE_POSITION_PATIENT",
                "IMAGE_ORIENTATION_PATIENT",
                "PIXEL_SPACING",
                "RESCALE_SLOPE",
                "RESCALE_INTERCEPT"
            })
    void missingAttribute(Tag tag) {
        List<DataSet> images = images(3);
        images.get(1).put(tag, "");
        refuses(write(folder, images), FailureCode.DICOM_ATTRIBUTE_MISSING, tag + " is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Z_EFF", "EDW", "MGML"})
    void mapsOfOtherThanAttenuation(String type) {
        List<DataSet> images = images(3);
        images.get(1).put(Tag.RESCALE_TYPE, type);
        refuses(write(folder, images), FailureCode.DICOM_ATTRIBUTE_INVALID, "Rescale Type (0028,1054) is not HU");
        images.forEach(image -> image.put(Tag.RESCALE_TYPE, "US"));
        assertThat(new DicomSeriesReader(DicomLimits.defaults()).read(write(folder, images), Optional.empty()))
                .isNotNull();
    }

    @Test
    void singleSliceWithoutThickness() {
        List<DataSet> images = images(1);
        images.get(0).put(Tag.SLICE_THICKNESS, "");
        refuses(write(folder, images), FailureCode.DICOM_ATTRIBUTE_MISSING, "Slice Thickness");
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE_POSITION_PATIENT, 1\\2",
        "IMAGE_POSITION_PATIENT, 1\\2\\NaN",
        "IMAGE_POSITION_PATIENT, 1\\2\\1e999",
        "IMAGE_POSITION_PATIENT, 1\\2\\Infinity",
        "IMAGE_POSITION_PATIENT, 1\\2\\0x1p3",
        "IMAGE_ORIENTATION_PATIENT, 0\\0\\0\\0\\0\\0",
        "IMAGE_ORIENTATION_PATIENT, 1\\0\\0\\1\\0\\0",
        "PIXEL_SPACING, 0\\1",
        "PIXEL_SPACING, 1\\-1",
        "RESCALE_SLOPE, 0",
        "PHOTOMETRIC_INTERPRETATION, RGB",
        "NUMBER_OF_FRAMES, -1",
        "NUMBER_OF_FRAMES, 99999999999",
        "SERIES_INSTANCE_UID, Mrs Miller",
        "SERIES_INSTANCE_UID, ..",
        "SERIES_INSTANCE_UID, 1.2..3",
        "SERIES_INSTANCE_UID, 1.2.",
        "SLICE_THICKNESS, thick"
    })
    void attributeThatCannotBeUsed(Tag tag, String value) {
        List<DataSet> images = images(1);
        images.get(0).put(tag, value);
        JobException refusal = refuses(write(folder, images), FailureCode.DICOM_ATTRIBUTE_INVALID, "");
        assertThat(refusal.getMessage()).doesNotContain("Miller");
    }

    @ParameterizedTest
    @CsvSource({"ROWS, 0", "COLUMNS, 0", "SAMPLES_PER_PIXEL, 3", "BITS_ALLOCATED, 32", "BITS_STORED, 17", "HIGH_BIT, 3"
    })
    void formatThatCannotBeUsed(Tag tag, int value) {
        List<DataSet> images = images(1);
        images.get(0).put(tag, value);
        refuses(write(folder, images), FailureCode.DICOM_ATTRIBUTE_INVALID, "");
    }

    @Test
    void rowsAndColumnsBeyondTheFile() {
        List<DataSet> images = images(2);
        images.forEach(image -> image.put(Tag.ROWS, 65535).put(Tag.COLUMNS, 65535));
        refuses(write(folder, images), FailureCode.INPUT_TRUNCATED, "more bytes than the file has");
    }

    @Test
    void rowsAndColumnsWhoseProductOverflows() {
        List<DataSet> images = images(2);
        images.forEach(image -> image.put(Tag.ROWS, 65535).put(Tag.COLUMNS, 65535));
        refuses(write(folder, images, TransferSyntax.DEFLATED), FailureCode.INPUT_TOO_LARGE, "65535x65535x2");
    }

    @Test
    void pixelDataOfAnotherLength() {
        List<DataSet> images = images(2);
        images.get(0).put(Tag.ROWS, 4);
        images.get(1).put(Tag.ROWS, 4);
        refuses(write(folder, images), FailureCode.DICOM_MALFORMED, "60 bytes where the header asks for 48");
    }

    @Test
    void moreVoxelsThanAllowed() {
        write(folder, images(10));
        DicomLimits limits = new DicomLimits(100, 1 << 20, 6 * 5 * 10 - 1);
        assertThat(refusal(folder, limits).code()).isEqualTo(FailureCode.INPUT_TOO_LARGE);
    }

    @Test
    void moreFilesThanAllowed() {
        write(folder, images(10));
        assertThat(refusal(folder, new DicomLimits(9, 1 << 20, 1 << 20)).code()).isEqualTo(FailureCode.INPUT_TOO_LARGE);
    }

    @Test
    void fileLargerThanAllowed() {
        write(folder, images(10));
        assertThat(refusal(folder, new DicomLimits(10, 500, 1 << 20)).code()).isEqualTo(FailureCode.INPUT_TOO_LARGE);
    }

    @Test
    void headerLargerThanAnyImageNeeds() {
        byte[] allThatIsTaken = new byte[1 << 26];
        DataSet image =
                images(1).get(0).put(new Element.Bytes(0x00091001, Vr.UN, allThatIsTaken, ByteOrder.LITTLE_ENDIAN));
        write(folder, List.of(image), TransferSyntax.DEFLATED);
        refuses(folder, FailureCode.INPUT_TOO_LARGE, "more bytes of values");
    }

    @Test
    void pixelDataThatIsASequence() {
        byte[] item = {-2, -1, 0, -32, 0, 0, 0, 0};
        byte[] file = file(images(1).get(0).put(SyntheticSeries.pixelData(item)));
        int tag = file.length - item.length - 12;
        assertThatArray(Arrays.copyOfRange(file, tag, tag + 6)).containsExactly(-32, 127, 16, 0, 'O', 'W');
        file[tag + 4] = 'S';
        file[tag + 5] = 'Q';
        write(folder.resolve("a.dcm"), file);
        refuses(folder, FailureCode.DICOM_MALFORMED, "is a sequence");
    }

    @Test
    void pixelDataLargerThanTheImage() {
        DataSet image = images(1).get(0).put(SyntheticSeries.pixelData(new byte[1 << 17]));
        refuses(write(folder, List.of(image)), FailureCode.INPUT_TOO_LARGE, "more bytes of values");
    }

    @Test
    void dataSetThatInflatesBeyondTheLimit() {
        DataSet image = images(1).get(0).put(SyntheticSeries.pixelData(new byte[1 << 20]));
        image.put(Tag.ROWS, 512).put(Tag.COLUMNS, 1024);
        write(folder, List.of(image), TransferSyntax.DEFLATED);
        JobException refusal = refusal(folder, new DicomLimits(10, 100_000, 1 << 20));
        assertThat(refusal.code()).isEqualTo(FailureCode.INPUT_TOO_LARGE);
        assertThat(refusal).hasMessageContaining("compressed data set is larger");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.840.10008.1.2.4.201", "1.2.840.113619.5.2"})
    void unknownTransferSyntax(String uid) {
        DataSet image = images(1).get(0);
        byte[] file = file(image, new TransferSyntax(uid, Encoding.EXPLICIT_LITTLE, false, true));
        write(folder.resolve("a.dcm"), file);
        refuses(folder, FailureCode.DICOM_TRANSFER_SYNTAX_UNSUPPORTED, uid);
    }

    @ParameterizedTest
    @ValueSource(ints = {133, 200, 400, 1000})
    void fileCutShort(int bytes) throws Exception {
        write(folder, images(3));
        Path cut = folder.resolve("IM999");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), bytes));
        JobException refusal = refusal(folder, DicomLimits.defaults());
        assertThat(refusal.code()).isIn(FailureCode.INPUT_TRUNCATED, FailureCode.DICOM_ATTRIBUTE_MISSING);
        assertThat(refusal).hasMessageContaining("file 3 of 3").hasMessageNotContaining(folder.toString());
    }

    @Test
    void deflatedFileCutShort() throws Exception {
        write(folder, images(1), TransferSyntax.DEFLATED);
        Path cut = folder.resolve("IM1000");
        byte[] whole = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(whole, whole.length - 20));
        refuses(folder, FailureCode.INPUT_TRUNCATED, "");
    }

    private JobException refuses(Path path, FailureCode code, String words) {
        JobException refusal = refusal(path, DicomLimits.defaults());
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        assertThat(refusal).hasMessageContaining(words);
        return refusal;
    }

    private static JobException refusal(Path path, DicomLimits limits) {
        JobException refusal = catchThrowableOfType(
                JobException.class, () -> new DicomSeriesReader(limits).read(path, Optional.empty()));
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }
}
