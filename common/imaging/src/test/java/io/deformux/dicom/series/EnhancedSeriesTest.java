package io.deformux.dicom.series;

import static io.deformux.dicom.series.SyntheticSeries.file;
import static io.deformux.dicom.series.SyntheticSeries.images;
import static io.deformux.dicom.series.SyntheticSeries.volume;
import static io.deformux.dicom.series.SyntheticSeries.withSamples;
import static io.deformux.dicom.series.SyntheticSeries.write;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.data.Vr;
import io.deformux.dicom.pixel.RleEncoder;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.slice.SopInstance;
import io.deformux.dicom.series.slice.StorageClass;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.testing.format.EnhancedCt;
import io.deformux.volume.Affine;
import io.deformux.volume.Volume;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Multi-frame CT and MR: each frame is a slice that the functional groups describe. */
class EnhancedSeriesTest {
    private final DicomSeriesReader reader = new DicomSeriesReader(DicomLimits.defaults());

    @TempDir
    Path folder;

    static Stream<TransferSyntax> syntaxes() {
        return DicomSeriesReaderTest.syntaxes();
    }

    @ParameterizedTest
    @MethodSource("syntaxes")
    void framesInAnyOrderGiveTheVolumeThatWasWritten(TransferSyntax syntax) {
        Volume written = volume(37, 70, 19);
        List<DataSet> images = images(written);
        List<String> places =
                images.stream().map(image -> image.uid(Tag.SOP_INSTANCE_UID)).toList();
        Collections.shuffle(images, new Random(5));
        List<Integer> frames = places.stream()
                .map(uid -> images.stream()
                                .map(image -> image.uid(Tag.SOP_INSTANCE_UID))
                                .toList()
                                .indexOf(uid)
                        + 1)
                .toList();
        DataSet object = EnhancedImage.of(syntax.encapsulated() ? coded(images) : images);

        DicomSeries read = read(object, syntax);

        assertThatArray(read.volume().voxels()).isEqualTo(written.voxels());
        DicomSeriesReaderTest.assertSameAffine(
                read.volume().geometry().affine(), written.geometry().affine());
        assertThat(read.info().instances())
                .extracting(instance -> instance.frame().orElseThrow())
                .isEqualTo(frames);
        assertThat(read.info().objects())
                .containsExactly(new SopInstance(
                        StorageClass.ENHANCED_CT_IMAGE.uid(), object.uid(Tag.SOP_INSTANCE_UID), OptionalInt.empty()));
    }

    private static List<DataSet> coded(List<DataSet> images) {
        images.forEach(image -> image.put(RleEncoder.frame(
                ((Element.Bytes) image.element(Tag.PIXEL_DATA.number()).orElseThrow()).value(), 2)));
        return images;
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CT_IMAGE", "MR_IMAGE"})
    void allMultiFrameClassesAreRead(StorageClass storageClass) {
        DataSet object = EnhancedImage.of(images(4)).put(Tag.SOP_CLASS_UID, storageClass.uid());

        assertThat(read(object).info().modality()).isEqualTo(storageClass.name().contains("CT") ? "CT" : "MR");
    }

    @Test
    void anObjectThatOursDidNotWriteIsRead() {
        int columns = 7;
        int rows = 5;
        Path object = EnhancedCt.write(folder.resolve("object.dcm"), "another", columns, rows, 4, n -> n * 3 - 200);

        Volume volume = reader.read(object, Optional.empty()).volume();

        DicomSeriesReaderTest.assertSameAffine(
                volume.geometry().affine(), Affine.of(-1, 0, 0, 20, 0, -0.9, 0, 20, 0, 0, 2.5, -30));
        float[] expected = new float[volume.voxels().length];
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < rows; j++) {
                for (int k = 0; k < 4; k++) {
                    expected[volume.geometry().shape().index(i, j, k)] = ((k * rows + j) * columns + i) * 3 - 200;
                }
            }
        }
        assertThatArray(volume.voxels()).isEqualTo(expected);
    }

    @Test
    void everyFrameHasItsOwnRescale() {
        List<DataSet> images = images(volume(1, 1, 3));
        images.forEach(image -> withSamples(image, 16, 10));
        images.get(1).put(Tag.RESCALE_SLOPE, "2.5").put(Tag.RESCALE_INTERCEPT, "-1024");

        assertThatArray(read(EnhancedImage.of(images)).volume().voxels()).containsExactly(10, -999, 10);
    }

    @Test
    void samplesOfEightBits() {
        List<DataSet> images = images(volume(3, 1, 2));
        withSamples(images.get(0), 8, 1, 2, 3);
        DataSet object = EnhancedImage.of(images)
                .put(Tag.BITS_ALLOCATED, 8)
                .put(Tag.BITS_STORED, 8)
                .put(Tag.HIGH_BIT, 7)
                .put(Tag.PIXEL_REPRESENTATION, 0)
                // Frames of an odd number of bytes follow each other without a gap.
                .put(SyntheticSeries.pixelData(new byte[] {1, 2, 3, 4, 5, 6}));

        assertThatArray(read(object).volume().voxels()).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void magneticResonanceNeedsNoRescale() {
        DataSet object = EnhancedImage.of(images(volume(1, 1, 2)))
                .put(Tag.SOP_CLASS_UID, StorageClass.ENHANCED_MR_IMAGE.uid())
                .put(SyntheticSeries.pixelData(new byte[] {7, 0, 9, 0}));
        for (int n = 0; n < 2; n++) {
            EnhancedImage.frame(object, n)
                    .put(new Element.Items(Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE.number(), List.of()));
        }

        assertThatArray(read(object).volume().voxels()).containsExactly(7, 9);
    }

    @Test
    void groupsMayBePerFrameOrShared() {
        DataSet object = EnhancedImage.of(images(4));
        DataSet shared = object.items(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE).get(0);
        for (Tag group : List.of(Tag.PIXEL_MEASURES_SEQUENCE, Tag.PLANE_ORIENTATION_SEQUENCE)) {
            for (int n = 0; n < 4; n++) {
                EnhancedImage.frame(object, n)
                        .put(shared.element(group.number()).orElseThrow());
            }
            shared.put(new Element.Items(group.number(), List.of()));
        }

        assertThat(read(object).volume())
                .usingRecursiveComparison()
                .isEqualTo(read(EnhancedImage.of(images(4))).volume());
    }

    @Test
    void anObjectInPartsIsOneVolume() {
        Volume written = volume(6, 5, 9);
        List<DataSet> images = images(written);
        write(folder.resolve("2"), file(EnhancedImage.of(images.subList(4, 9))));
        write(folder.resolve("1"), file(EnhancedImage.of(images.subList(0, 4))));

        DicomSeries read = reader.read(folder, Optional.empty());

        assertThatArray(read.volume().voxels()).isEqualTo(written.voxels());
        assertThat(read.info().objects()).hasSize(2);
    }

    @Test
    void localizersAmongTheFramesArePassedOver() {
        DataSet object = EnhancedImage.of(images(4));
        makeLocalizer(object, 3);

        assertThat(read(object).info().instances()).hasSize(3);
    }

    @Test
    void nothingButLocalizersIsNoVolume() {
        DataSet object = EnhancedImage.of(images(1));
        makeLocalizer(object, 0);

        assertThat(refusal(object)).isEqualTo(FailureCode.DICOM_NO_IMAGES);
    }

    @Test
    void aMissingFrameIsAMissingSlice() {
        List<DataSet> images = new ArrayList<>(images(8));
        images.remove(3);
        assertThat(refusal(EnhancedImage.of(images))).isEqualTo(FailureCode.DICOM_SLICE_MISSING);
    }

    @Test
    void framesOfSeveralPhasesAreNoVolume() {
        List<DataSet> images = new ArrayList<>(images(4));
        images.addAll(images(4));
        assertThat(refusal(EnhancedImage.of(images))).isEqualTo(FailureCode.DICOM_SLICE_DUPLICATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "5", "-1", "0", "2147483647", "99999999999", ""})
    void anotherNumberOfFramesThanGroups(String number) {
        DataSet object = EnhancedImage.of(images(4)).put(Tag.NUMBER_OF_FRAMES, number);

        assertThat(refusal(object)).isIn(FailureCode.DICOM_ATTRIBUTE_INVALID, FailureCode.INPUT_TRUNCATED);
    }

    @Test
    void moreFramesThanPixels() {
        DataSet object = EnhancedImage.of(images(4)).put(SyntheticSeries.pixelData(new byte[2 * 30 * 3]));

        assertThat(refusal(object)).isIn(FailureCode.DICOM_MALFORMED, FailureCode.INPUT_TRUNCATED);
    }

    @Test
    void aFrameWithoutAPlace() {
        DataSet object = EnhancedImage.of(images(4));
        EnhancedImage.frame(object, 2).put(new Element.Items(Tag.PLANE_POSITION_SEQUENCE.number(), List.of()));

        assertThat(refusal(object)).isEqualTo(FailureCode.DICOM_ATTRIBUTE_MISSING);
    }

    @Test
    void aGroupTwiceInAFrame() {
        DataSet object = EnhancedImage.of(images(4));
        DataSet position = new DataSet().put(Tag.IMAGE_POSITION_PATIENT, "0\\0\\0");
        EnhancedImage.frame(object, 2).put(Tag.PLANE_POSITION_SEQUENCE, position, position);

        assertThat(refusal(object)).isEqualTo(FailureCode.DICOM_ATTRIBUTE_INVALID);
    }

    @Test
    void moreVoxelsThanAllowed() {
        write(folder.resolve("1.dcm"), file(EnhancedImage.of(images(4))));
        JobException refusal = catchThrowableOfType(
                JobException.class,
                () -> new DicomSeriesReader(new DicomLimits(1, 1 << 20, 4 * 30 - 1)).read(folder, Optional.empty()));
        assertThat(refusal.code()).isEqualTo(FailureCode.INPUT_TOO_LARGE);
    }

    @Test
    void framesThatNobodyWantsCountAsVoxelsToo() {
        DataSet object = EnhancedImage.of(images(4));
        for (int n = 2; n < 4; n++) {
            makeLocalizer(object, n);
        }
        write(folder.resolve("1.dcm"), file(object));

        JobException refusal = catchThrowableOfType(
                JobException.class,
                () -> new DicomSeriesReader(new DicomLimits(1, 1 << 20, 4 * 30 - 1)).read(folder, Optional.empty()));

        assertThat(refusal.code()).isEqualTo(FailureCode.INPUT_TOO_LARGE);
        assertThat(refusal).hasMessageContaining("have 120 voxels");
        assertThat(new DicomSeriesReader(new DicomLimits(1, 1 << 20, 4 * 30)).read(folder, Optional.empty()))
                .isNotNull();
    }

    @Test
    void moreSlicesThanAnyScanHasAreRefusedBeforeTheyAreSorted() {
        int frames = 1 << 15;
        DataSet image = images(volume(1, 1, 1)).get(0);
        for (int n = 0; n < 3; n++) {
            DataSet object = EnhancedImage.of(List.of(image));
            DataSet shared = object.items(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE).get(0);
            EnhancedImage.frame(object, 0).elements().forEach(shared::put);
            object.put(new Element.Items(
                            Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE.number(),
                            Collections.nCopies(frames, new DataSet())))
                    .put(Tag.NUMBER_OF_FRAMES, Integer.toString(frames))
                    .put(Tag.SOP_INSTANCE_UID, "1.2." + n)
                    .put(SyntheticSeries.pixelData(new byte[2 * frames]));
            write(folder.resolve(n + ".dcm"), file(object));
        }

        JobException refusal = catchThrowableOfType(JobException.class, () -> reader.read(folder, Optional.empty()));

        assertThat(refusal.code()).isEqualTo(FailureCode.INPUT_TOO_LARGE);
        assertThat(refusal).hasMessageContaining("65536 slices");
    }

    @Test
    void aFrameAcquisitionNumberThatIsNoneIsAsIfItWereAbsent() {
        DataSet object = EnhancedImage.of(images(4));
        EnhancedImage.frame(object, 1)
                .items(Tag.FRAME_CONTENT_SEQUENCE)
                .get(0)
                .put(new Element.Bytes(
                        Tag.FRAME_ACQUISITION_NUMBER.number(), Vr.US, new byte[4], ByteOrder.LITTLE_ENDIAN));

        assertThat(read(object).info().instances()).hasSize(4);
    }

    private static void makeLocalizer(DataSet object, int frame) {
        EnhancedImage.frame(object, frame)
                .items(Tag.CT_IMAGE_FRAME_TYPE_SEQUENCE)
                .get(0)
                .put(Tag.FRAME_TYPE, "ORIGINAL\\PRIMARY\\LOCALIZER\\NONE");
    }

    private FailureCode refusal(DataSet object) {
        JobException refusal = catchThrowableOfType(JobException.class, () -> read(object));
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal.code();
    }

    private DicomSeries read(DataSet object) {
        return read(object, TransferSyntax.EXPLICIT_LITTLE);
    }

    private DicomSeries read(DataSet object, TransferSyntax syntax) {
        write(folder.resolve("1.dcm"), file(object, syntax));
        return reader.read(folder, Optional.empty());
    }
}
