package io.deformux.dicom.series;

import static io.deformux.dicom.series.SyntheticSeries.file;
import static io.deformux.dicom.series.SyntheticSeries.images;
import static io.deformux.dicom.series.SyntheticSeries.volume;
import static io.deformux.dicom.series.SyntheticSeries.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.slice.PassedOver;
import io.deformux.dicom.series.slice.PassedOver.Reason;
import io.deformux.dicom.series.stack.UnevenSlices;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no part of the volume is told; what may be is not left out. */
class PassedOverTest {
    private static final String CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

    private final DicomSeriesReader reader = new DicomSeriesReader(DicomLimits.defaults());

    @TempDir
    Path folder;

    @Test
    void everyFileThatIsNotReadIsToldByNumberAndInstance() {
        write(folder.resolve("b"), images(4));
        write(folder.resolve("a.txt"), "no image".getBytes(StandardCharsets.UTF_8));
        write(folder.resolve(".hidden"), new byte[] {1});
        write(folder.resolve("c"), file(images(1).get(0).put(Tag.SOP_CLASS_UID, CAPTURE)));
        write(folder.resolve("d"), file(named("1.4").put(Tag.IMAGE_TYPE, "ORIGINAL\\PRIMARY\\LOCALIZER")));

        String captured = images(1).get(0).uid(Tag.SOP_INSTANCE_UID);
        assertThat(read().passedOver())
                .containsExactly(
                        new PassedOver(Reason.HIDDEN, 1, Optional.empty(), OptionalInt.empty()),
                        new PassedOver(Reason.NOT_DICOM, 2, Optional.empty(), OptionalInt.empty()),
                        new PassedOver(Reason.OTHER_CLASS, 7, Optional.of(captured), OptionalInt.empty()),
                        new PassedOver(Reason.LOCALIZER, 8, Optional.of("1.4"), OptionalInt.empty()));
    }

    @Test
    void aLocalizerAmongFramesIsToldByItsNumber() {
        DataSet object = EnhancedImage.of(images(4));
        EnhancedImage.frame(object, 3)
                .items(Tag.CT_IMAGE_FRAME_TYPE_SEQUENCE)
                .get(0)
                .put(Tag.FRAME_TYPE, "ORIGINAL\\PRIMARY\\LOCALIZER\\NONE");
        write(folder.resolve("1.dcm"), file(object));
        assertThat(read().passedOver())
                .containsExactly(new PassedOver(
                        Reason.LOCALIZER, 1, Optional.of(object.uid(Tag.SOP_INSTANCE_UID)), OptionalInt.of(4)));
    }

    @Test
    void otherSeriesAndAcquisitionsThanThoseAskedForAreTold() {
        List<DataSet> images = images(5);
        images.get(4).put(Tag.ACQUISITION_NUMBER, "2");
        images.subList(0, 4).forEach(image -> image.put(Tag.ACQUISITION_NUMBER, "1"));
        write(folder, images);
        write(folder.resolve("other"), file(named("1.4").put(Tag.SERIES_INSTANCE_UID, "1.2.3")));
        DicomSeries read = reader.read(
                folder, Optional.of(images.get(0).uid(Tag.SERIES_INSTANCE_UID)), Optional.of(1), UnevenSlices.REFUSE);
        assertThat(read.info().instances()).hasSize(4);
        assertThat(read.passedOver())
                .extracting(PassedOver::reason)
                .containsExactly(Reason.OTHER_ACQUISITION, Reason.OTHER_SERIES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theSameImagesAgainAreReadOnce(int times) {
        write(folder.resolve("a"), images(4));
        for (int n = 0; n < times; n++) {
            write(folder.resolve("b" + n), images(4));
        }
        DicomSeries read = read();
        assertThat(read.info().instances()).hasSize(4);
        assertThat(read.passedOver()).hasSize(4 * times).allMatch(entry -> entry.reason() == Reason.DUPLICATE);
    }

    @Test
    void anImageOfTheSameNameAndOtherSamplesIsRefused() {
        write(folder, images(4));
        write(
                folder.resolve("again"),
                file(SyntheticSeries.withSamples(images(1).get(0), 16, new int[30])));
        assertRefuses(FailureCode.DICOM_SLICE_DUPLICATE, "file 5 of 5 (in name order): SOP Instance UID (0008,0018)");
    }

    @Test
    void oneNameForAllSlicesIsRefused() {
        List<DataSet> images = images(4);
        images.forEach(image -> image.put(Tag.SOP_INSTANCE_UID, "1.2.3"));
        write(folder, images);
        assertRefuses(FailureCode.DICOM_ATTRIBUTE_INVALID, "SOP Instance UID (0008,0018) is that of file 1 too");
    }

    @Test
    void aScoutThatDoesNotSaySoIsLeftOut() {
        write(folder, images(6));
        write(folder.resolve("scout"), file(scout("1.4")));
        assertThat(read().passedOver())
                .containsExactly(new PassedOver(Reason.OTHER_PLANE, 7, Optional.of("1.4"), OptionalInt.empty()));
    }

    private static DataSet scout(String uid) {
        return images(volume(7, 9, 1))
                .get(0)
                .put(Tag.SOP_INSTANCE_UID, uid)
                .put(Tag.IMAGE_ORIENTATION_PATIENT, "1\\0\\0\\0\\0\\-1");
    }

    @Test
    void asManyAcrossAsAlongAreNotOdd() {
        write(folder, images(3));
        for (int n = 0; n < 3; n++) {
            write(folder.resolve("scout" + n), file(scout("1.4." + n)));
        }
        assertRefuses(FailureCode.DICOM_ATTRIBUTE_INVALID, "Rows (0028,0010) differs from most of the images");
    }

    @ParameterizedTest
    @CsvSource({"-40, true", "-27.5, true", "-60, true", "-25, false", "-42.5, false", "-36.25, false"})
    void anImageOfAnotherSizeIsLeftOutOnlyWhereItCannotBeASlice(String z, boolean out) {
        write(folder, images(6));
        DataSet copy = images(volume(12, 10, 1))
                .get(0)
                .put(Tag.SOP_INSTANCE_UID, "1.4")
                .put(Tag.IMAGE_POSITION_PATIENT, "-11\\-13\\" + z);
        write(folder.resolve("copy"), file(copy));
        if (out) {
            assertThat(read().passedOver()).extracting(PassedOver::reason).containsExactly(Reason.OTHER_PLANE);
        } else {
            assertRefuses(FailureCode.DICOM_ATTRIBUTE_INVALID, "file 7 of 7 (in name order): Rows (0028,0010) differs");
        }
    }

    @Test
    void anObjectWithoutPixelsIsLeftOut() {
        write(folder, images(4));
        DataSet result = new DataSet();
        images(1).get(0).elements().stream()
                .filter(element -> element.tag() >>> 16 < 0x0028 || element.tag() == Tag.RESCALE_TYPE.number())
                .filter(element -> element.tag() != Tag.IMAGE_POSITION_PATIENT.number())
                .forEach(result::put);
        write(folder.resolve("result"), file(result.put(Tag.SOP_INSTANCE_UID, "1.4")));
        assertThat(read().passedOver())
                .containsExactly(new PassedOver(Reason.NO_PIXELS, 5, Optional.of("1.4"), OptionalInt.empty()));
    }

    @Test
    void aSliceWithoutItsPixelsIsRefused() {
        write(folder, images(4));
        DataSet cut = new DataSet();
        named("1.4").put(Tag.IMAGE_POSITION_PATIENT, "-11\\-13\\-30").elements().stream()
                .filter(element -> element.tag() != Tag.PIXEL_DATA.number())
                .forEach(cut::put);
        write(folder.resolve("z"), file(cut));
        assertRefuses(FailureCode.DICOM_ATTRIBUTE_MISSING, "file 5 of 5 (in name order): Pixel Data");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSliceCutBehindTheFirstAttributeOfItsPixelsIsRefused(boolean placed) {
        write(folder, images(4));
        DataSet cut = new DataSet();
        images(5).get(4).elements().stream()
                .filter(element -> element.tag() <= Tag.SAMPLES_PER_PIXEL.number())
                .filter(element -> placed || element.tag() != Tag.IMAGE_POSITION_PATIENT.number())
                .forEach(cut::put);
        write(folder.resolve("z"), file(cut));
        assertRefuses(FailureCode.DICOM_ATTRIBUTE_MISSING, "file 5 of 5 (in name order): Pixel Data");
    }

    @Test
    void aColourImageIsLeftOutAndAloneRefused() {
        write(folder, images(4));
        write(folder.resolve("z"), file(named("1.4").put(Tag.SAMPLES_PER_PIXEL, 3)));
        assertThat(read().passedOver()).extracting(PassedOver::reason).containsExactly(Reason.COLOUR);
    }

    @Test
    void aMonochromeScreenSaveLiesNowhereAndIsLeftOut() {
        write(folder, images(4));
        DataSet save = images(volume(12, 10, 1)).get(0).put(Tag.SOP_INSTANCE_UID, "1.4");
        write(folder.resolve("z"), file(nowhere(save)));
        assertThat(read().passedOver()).extracting(PassedOver::reason).containsExactly(Reason.NO_PLACE);
    }

    @Test
    void aSliceThatLostItsPlaceIsRefused() {
        List<DataSet> images = images(5);
        nowhere(images.get(4));
        write(folder, images);
        assertRefuses(FailureCode.DICOM_ATTRIBUTE_MISSING, "file 2 of 5 (in name order): Image Position");
    }

    private static DataSet nowhere(DataSet image) {
        return image.put(Tag.IMAGE_POSITION_PATIENT, "").put(Tag.IMAGE_ORIENTATION_PATIENT, "");
    }

    @Test
    void aSeriesOfNothingElseIsRefused() {
        DataSet save = named("1.4").put(Tag.IMAGE_POSITION_PATIENT, "").put(Tag.IMAGE_ORIENTATION_PATIENT, "");
        write(folder.resolve("z"), file(save));
        assertRefuses(FailureCode.DICOM_ATTRIBUTE_MISSING, "file 1 of 1 (in name order): Image Position");
    }

    @ParameterizedTest
    @ValueSource(strings = {"IM1003", "IM0", "im77", "x.dcm", "y.ima"})
    void aFileThatIsNamedAsASliceAndIsNotDicomIsRefused(String name) {
        write(folder, images(3));
        write(folder.resolve(name), new byte[100]);
        assertRefuses(FailureCode.INPUT_TRUNCATED, "of 4 (in name order): it ends within the DICOM preamble");
    }

    @ParameterizedTest
    @ValueSource(strings = {"z.dcm.gz", "IM8.xz", "im77.BZ2"})
    void aSliceThatIsCompressedAmongOthersThatAreNotIsRefused(String name) {
        write(folder, images(3));
        write(folder.resolve(name), new byte[200]);
        assertRefuses(
                FailureCode.DICOM_MALFORMED, "of 4 (in name order): it has the name of a slice that is compressed");
    }

    @Test
    void aDamagedSliceThatIsNamedByAUuidIsKnownByIt() {
        List<DataSet> images = images(3);
        for (int k = 0; k < 3; k++) {
            write(folder.resolve("0a1b2c3d-1e2f-4a5b-8c9d-00000000000" + k), file(images.get(k)));
        }
        write(folder.resolve("f0e1d2c3-beef-4fac-adde-abcdefabcdef"), new byte[200]);
        assertRefuses(FailureCode.DICOM_MALFORMED, "file 4 of 4 (in name order): it has the name of a slice");
    }

    @Test
    void oneFileWithoutANameIsNotManySlicesThatWereNotSent() {
        List<DataSet> images = images(4);
        images.forEach(image -> image.put(Tag.IMAGES_IN_ACQUISITION, "40"));
        write(folder, images);
        write(folder.resolve("LICENSE"), new byte[40]);
        assertThat(read().warnings()).extracting(Warning::code).containsExactly(WarningCode.SLICES_FEWER_THAN_ACQUIRED);
    }

    @Test
    void aFileWithoutANameIsASliceWhereTheHeadersMissOne() {
        List<DataSet> images = images(4);
        images.forEach(image -> image.put(Tag.IMAGES_IN_ACQUISITION, "5"));
        write(folder, images);
        assertThat(read().warnings()).extracting(Warning::code).containsExactly(WarningCode.SLICES_FEWER_THAN_ACQUIRED);
        write(folder.resolve("cut"), new byte[40]);
        assertRefuses(FailureCode.INPUT_TRUNCATED, "by their headers the slices lack 1");
    }

    @Test
    void aFileWithoutANameIsASliceWhereANumberLacks() {
        write(folder, images(5).subList(1, 5));
        assertThat(read().warnings()).isEmpty();
        write(folder.resolve("notes.txt"), new byte[40]);
        assertThat(read().info().instances()).hasSize(4);
        write(folder.resolve("cut"), new byte[40]);
        assertRefuses(FailureCode.INPUT_TRUNCATED, "1 files are not DICOM");
    }

    private static DataSet named(String uid) {
        return images(1).get(0).put(Tag.SOP_INSTANCE_UID, uid);
    }

    private void assertRefuses(FailureCode code, String words) {
        JobException refusal = catchThrowableOfType(JobException.class, this::read);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        assertThat(refusal).hasMessageContaining(words);
    }

    private DicomSeries read() {
        return reader.read(folder, Optional.empty());
    }
}
