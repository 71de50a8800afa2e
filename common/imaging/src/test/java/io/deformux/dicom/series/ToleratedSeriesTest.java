package io.deformux.dicom.series;

import static io.deformux.dicom.series.SyntheticSeries.file;
import static io.deformux.dicom.series.SyntheticSeries.images;
import static io.deformux.dicom.series.SyntheticSeries.volume;
import static io.deformux.dicom.series.SyntheticSeries.withSamples;
import static io.deformux.dicom.series.SyntheticSeries.write;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.volume.Volume;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Series that are not written as the standard has it, and mean one volume all the same. */
class ToleratedSeriesTest {
    private final DicomSeriesReader reader = new DicomSeriesReader(DicomLimits.defaults());

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "SLICE_THICKNESS, 2.5mm",
        "NUMBER_OF_FRAMES, 0",
        "PIXEL_SPACING, '0,9\\0,7'",
        "FRAME_OF_REFERENCE_UID, none",
        "INSTANCE_NUMBER, first"
    })
    void whatIsNotNeededOrPlainlyMeantIsNoReasonToRefuse(Tag tag, String value) {
        Volume written = volume(6, 5, 4);
        List<DataSet> images = images(written);
        images.forEach(image -> image.put(tag, value));
        DicomSeries read = read(write(folder, images));
        assertThatArray(read.volume().voxels()).isEqualTo(written.voxels());
        DicomSeriesReaderTest.assertSameAffine(
                read.volume().geometry().affine(), written.geometry().affine());
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void anEmptyModalityLookUpTableIsNone() {
        List<DataSet> images = images(3);
        images.forEach(image -> image.put(new Element.Items(Tag.MODALITY_LUT_SEQUENCE.number(), List.of())));
        assertThat(read(write(folder, images)).info().instances()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10})
    void bytesBehindTheSamplesThatAreLessThanARowAreLetPass(int more) {
        assertExcessIsRead(more, 7);
    }

    @Test
    void zerosBehindTheSamplesAreLetPass() {
        assertExcessIsRead(48, 0);
    }

    private void assertExcessIsRead(int more, int value) {
        Volume written = volume(6, 5, 3);
        List<DataSet> images = images(written);
        images.forEach(image -> {
            byte[] samples =
                    ((Element.Bytes) image.element(Tag.PIXEL_DATA.number()).orElseThrow()).value();
            byte[] longer = Arrays.copyOf(samples, samples.length + more);
            Arrays.fill(longer, samples.length, longer.length, (byte) value);
            image.put(SyntheticSeries.pixelData(longer));
        });
        assertThatArray(read(write(folder, images)).volume().voxels()).isEqualTo(written.voxels());
    }

    @Test
    void samplesThatAreNotCompressedAreReadWhateverTheTransferSyntaxSays() {
        Volume written = volume(6, 5, 3);
        TransferSyntax jpeg2000 = TransferSyntax.JPEG_2000_LOSSLESS;
        assertThatArray(read(write(folder, images(written), jpeg2000)).volume().voxels())
                .isEqualTo(written.voxels());
    }

    @Test
    void positionsWithOneDecimalMakeAnEvenStackAndAreTold() {
        List<DataSet> images = images(12);
        for (int k = 0; k < 12; k++) {
            images.get(k).put(Tag.IMAGE_POSITION_PATIENT, String.format(Locale.ROOT, "1\\2\\%.1f", 0.625 * k + 0.0001));
        }
        DicomSeries read = read(write(folder, images));
        assertThat(read.volume().geometry().affine().at(2, 2)).isCloseTo(0.625, within(0.002));
        assertThat(codes(read)).containsExactly(WarningCode.SLICE_POSITIONS_ROUNDED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 6})
    void aMissingThinSliceIsNotTakenForRounding(int missing) {
        List<DataSet> images = images(8);
        for (int k = 0; k < 8; k++) {
            images.get(k).put(Tag.IMAGE_POSITION_PATIENT, String.format(Locale.ROOT, "1\\2\\%.1f", 0.3 * k));
        }
        images.remove(missing);
        Path series = write(folder, images);
        assertThat(catchThrowableOfType(JobException.class, () -> read(series)).code())
                .isEqualTo(FailureCode.DICOM_SLICE_MISSING);
    }

    @Test
    void orientationsThatJitterAreToldAndTheFirstIsTaken() {
        List<DataSet> images = images(6);
        for (int k = 1; k < 6; k += 2) {
            images.get(k).put(Tag.IMAGE_ORIENTATION_PATIENT, "1\\0.0002\\0\\-0.0002\\1\\0");
        }
        DicomSeries read = read(write(folder, images));
        assertThat(read.volume().geometry().affine().at(1, 0)).isZero();
        assertThat(codes(read)).containsExactly(WarningCode.SLICE_ORIENTATIONS_DIFFER);
    }

    @ParameterizedTest
    @CsvSource({"1.1 1.2 1.3 1.4, 1.1", "1.1 '' 1.2 1.2, 1.2", "'' 1.5 '' '', 1.5"})
    void framesOfReferenceThatDifferAreToldAndOneIsTaken(String uids, String taken) {
        List<DataSet> images = images(4);
        for (int k = 0; k < 4; k++) {
            images.get(k).put(Tag.FRAME_OF_REFERENCE_UID, uids.split(" ")[k].replace("'", ""));
        }
        DicomSeries read = read(write(folder, images));
        assertThat(read.info().frameOfReferenceUid()).contains(taken);
        assertThat(codes(read)).containsExactly(WarningCode.FRAME_OF_REFERENCE_MIXED);
    }

    @Test
    void aTiltedGantryGivesAShearedGrid() {
        List<DataSet> images = images(6);
        for (int k = 0; k < 6; k++) {
            images.get(k).put(Tag.IMAGE_POSITION_PATIENT, "0\\" + k + "\\" + 2 * k);
        }
        Volume read = read(write(folder, images)).volume();
        assertThatArray(read.geometry().affine().apply(0, 0, 5)).isCloseTo(new double[] {0, -5, 10}, 1e-9);
        assertThat(read.geometry().voxelMillilitres()).isCloseTo(0.9 * 0.7 * 2 / 1000, within(1e-9));
    }

    @Test
    void aClassicObjectOfSeveralFramesIsAStackAlongItsNormal() {
        Volume written = volume(6, 5, 4);
        DataSet object = stacked(images(written));
        write(folder.resolve("1.dcm"), file(object));
        DicomSeries read = read(folder);
        assertThatArray(read.volume().voxels()).isEqualTo(written.voxels());
        DicomSeriesReaderTest.assertSameAffine(
                read.volume().geometry().affine(), written.geometry().affine());
        assertThat(read.info().instances())
                .extracting(instance -> instance.frame().orElseThrow())
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void aClassicObjectOfSeveralFramesHasToSayHowFarApartTheyAre() {
        write(folder.resolve("1.dcm"), file(stacked(images(4)).put(Tag.SPACING_BETWEEN_SLICES, "")));
        JobException refusal = catchThrowableOfType(JobException.class, () -> read(folder));
        assertThat(refusal.code()).isEqualTo(FailureCode.DICOM_ATTRIBUTE_MISSING);
        assertThat(refusal).hasMessageContaining("Spacing Between Slices");
    }

    @ParameterizedTest
    @EnumSource(
            value = Tag.class,
            names = {"FRAME_TIME", "FRAME_TIME_VECTOR"})
    void framesThatFollowEachOtherInTimeAreNoVolume(Tag time) {
        write(folder.resolve("1.dcm"), file(stacked(images(4)).put(Tag.FRAME_INCREMENT_POINTER, time.number())));
        JobException refusal = catchThrowableOfType(JobException.class, () -> read(folder));
        assertThat(refusal.code()).isEqualTo(FailureCode.DICOM_ATTRIBUTE_INVALID);
        assertThat(refusal).hasMessageContaining("Frame Increment Pointer").hasMessageContaining("time series");
    }

    private static DataSet stacked(List<DataSet> images) {
        ByteArrayOutputStream samples = new ByteArrayOutputStream();
        images.forEach(image -> samples.writeBytes(
                ((Element.Bytes) image.element(Tag.PIXEL_DATA.number()).orElseThrow()).value()));
        return images.get(0)
                .put(Tag.NUMBER_OF_FRAMES, Integer.toString(images.size()))
                .put(Tag.SPACING_BETWEEN_SLICES, "2.5")
                .put(SyntheticSeries.pixelData(samples.toByteArray()));
    }

    @Test
    void paddingOfMoreBitsThanAreStoredIsPadding() {
        DataSet image = withSamples(images(volume(3, 1, 1)).get(0), 16, 63536, 2096, 100)
                .put(Tag.BITS_STORED, 12)
                .put(Tag.HIGH_BIT, 11)
                .put(Tag.PIXEL_REPRESENTATION, 0)
                .put(Tag.RESCALE_INTERCEPT, "-1024")
                .put(Tag.PIXEL_PADDING_VALUE, 63536);
        assertThatArray(read(write(folder, List.of(image))).volume().voxels()).containsExactly(-1000, 1072, -924);
    }

    @Test
    void paddingThatCouldBeTissueIsPaddingOnlyWhereItReachesTheEdge() {
        int water = 0;
        DataSet image = images(volume(5, 4, 1)).get(0).put(Tag.PIXEL_PADDING_VALUE, 0);
        withSamples(image, 16, water, water, 9, 9, 9, 9, water, 9, 9, 9, 9, 9, water, water, 9, 9, 9, 9, 9, 9);
        Volume read = read(write(folder, List.of(image))).volume();
        assertThat(List.of(read.at(0, 0, 0), read.at(1, 0, 0), read.at(1, 1, 0)))
                .containsOnly(-1000f);
        assertThat(List.of(read.at(2, 2, 0), read.at(3, 2, 0))).containsOnly(0f);
        assertThat(read.at(4, 0, 0)).isEqualTo(9);
    }

    @Test
    void aSeriesOfBareDataSetsIsRead() {
        Volume written = volume(6, 5, 3);
        List<DataSet> images = images(written);
        for (int k = 0; k < 3; k++) {
            byte[] whole = file(images.get(k), TransferSyntax.EXPLICIT_LITTLE);
            int start = new String(whole, StandardCharsets.ISO_8859_1).indexOf("\b\0\b\0CS");
            write(folder.resolve(k + ".dcm"), Arrays.copyOfRange(whole, start, whole.length));
        }
        assertThatArray(read(folder).volume().voxels()).isEqualTo(written.voxels());
    }

    private static List<WarningCode> codes(DicomSeries series) {
        return series.warnings().stream().map(Warning::code).toList();
    }

    private DicomSeries read(Path path) {
        return reader.read(path, Optional.empty());
    }
}
