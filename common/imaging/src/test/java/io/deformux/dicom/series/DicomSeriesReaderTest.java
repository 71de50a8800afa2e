package io.deformux.dicom.series;

import static io.deformux.dicom.series.SyntheticSeries.images;
import static io.deformux.dicom.series.SyntheticSeries.volume;
import static io.deformux.dicom.series.SyntheticSeries.withSamples;
import static io.deformux.dicom.series.SyntheticSeries.write;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.data.Vr;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.slice.SopInstance;
import io.deformux.dicom.series.slice.StorageClass;
import io.deformux.volume.Affine;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DicomSeriesReaderTest {
    private final DicomSeriesReader reader = new DicomSeriesReader(DicomLimits.defaults());

    private static final List<Tag> NEEDED = List.of(
            Tag.SOP_CLASS_UID,
            Tag.SOP_INSTANCE_UID,
            Tag.STUDY_INSTANCE_UID,
            Tag.SERIES_INSTANCE_UID,
            Tag.IMAGE_POSITION_PATIENT,
            Tag.IMAGE_ORIENTATION_PATIENT,
            Tag.PIXEL_SPACING,
            Tag.SAMPLES_PER_PIXEL,
            Tag.PHOTOMETRIC_INTERPRETATION,
            Tag.ROWS,
            Tag.COLUMNS,
            Tag.BITS_ALLOCATED,
            Tag.BITS_STORED,
            Tag.HIGH_BIT,
            Tag.PIXEL_REPRESENTATION,
            Tag.RESCALE_SLOPE,
            Tag.RESCALE_INTERCEPT,
            Tag.PIXEL_DATA);

    @TempDir
    Path folder;

    static Stream<TransferSyntax> syntaxes() {
        return Stream.of(
                TransferSyntax.IMPLICIT_LITTLE,
                TransferSyntax.EXPLICIT_LITTLE,
                TransferSyntax.EXPLICIT_BIG,
                TransferSyntax.DEFLATED,
                TransferSyntax.RLE);
    }

    @ParameterizedTest
    @MethodSource("syntaxes")
    void everySyntaxGivesTheVolumeThatWasWritten(TransferSyntax syntax) {
        Volume written = volume(37, 70, 19);
        DicomSeries read = read(write(folder, images(written), syntax));
        assertThatArray(read.volume().voxels()).isEqualTo(written.voxels());
        assertSameAffine(read.volume().geometry().affine(), written.geometry().affine());
        assertThat(read.info().transferSyntaxUids()).containsExactly(syntax.uid());
    }

    @Test
    void linksToSlicesAreReadAsTheSlicesAndThoseToFoldersAreNot() throws IOException {
        Path slices = write(folder.resolve("store"), images(4));
        Path links = Files.createDirectories(folder.resolve("links"));
        try (Stream<Path> files = Files.list(slices)) {
            for (Path file : files.toList()) {
                Files.createSymbolicLink(links.resolve(file.getFileName()), file);
            }
        }
        Files.createSymbolicLink(links.resolve("again"), slices);

        assertThat(read(links).info().instances()).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("syntaxes")
    void samplesOfEightBits(TransferSyntax syntax) {
        DataSet image = images(volume(3, 2, 1)).get(0);
        withSamples(image, 8, 0, 1, 127, 128, 200, 255);
        image.put(Tag.BITS_STORED, 8).put(Tag.HIGH_BIT, 7).put(Tag.PIXEL_REPRESENTATION, 0);
        if (syntax.equals(TransferSyntax.EXPLICIT_BIG)) {
            // The pairs of an OW value change places with the byte order.
            withSamples(image, 16, 0x0100, 0x807f, 0xffc8).put(Tag.BITS_ALLOCATED, 8);
        }
        Volume read = read(write(folder, List.of(image), syntax)).volume();
        assertThatArray(new float[] {
                    read.at(0, 0, 0), read.at(1, 0, 0), read.at(2, 0, 0), read.at(0, 1, 0), read.at(1, 1, 0)
                })
                .containsExactly(0, 1, 127, 128, 200);
        assertThat(read.at(2, 1, 0)).isEqualTo(255);
    }

    @Test
    void onlyTheStoredBitsCount() {
        DataSet image = images(volume(3, 1, 1)).get(0);
        // 12 bits below an overlay in the upper four, in two's complement.
        withSamples(image, 16, 0xf7ff, 0x0800, 0x3fff).put(Tag.BITS_STORED, 12).put(Tag.HIGH_BIT, 11);
        assertThatArray(read(write(folder, List.of(image))).volume().voxels()).containsExactly(2047, -2048, -1);
    }

    @Test
    void storedBitsMayLieHigh() {
        DataSet image = images(volume(2, 1, 1)).get(0);
        withSamples(image, 16, 0xfff5, 0x0010).put(Tag.BITS_STORED, 12).put(Tag.HIGH_BIT, 15);
        image.put(Tag.PIXEL_REPRESENTATION, 0);
        assertThatArray(read(write(folder, List.of(image))).volume().voxels()).containsExactly(4095, 1);
    }

    @Test
    void everySliceHasItsOwnRescale() {
        List<DataSet> images = images(volume(1, 1, 3));
        images.forEach(image -> withSamples(image, 16, 10));
        images.get(1).put(Tag.RESCALE_SLOPE, "2.5").put(Tag.RESCALE_INTERCEPT, "-1024");
        assertThatArray(read(write(folder, images)).volume().voxels()).containsExactly(10, -999, 10);
    }

    @Test
    void magneticResonanceNeedsNoRescale() {
        DataSet image = withSamples(images(volume(1, 1, 1)).get(0), 16, 77)
                .put(Tag.SOP_CLASS_UID, StorageClass.MR_IMAGE.uid())
                .put(Tag.RESCALE_SLOPE, "")
                .put(Tag.RESCALE_INTERCEPT, "");
        DicomSeries read = read(write(folder, List.of(image)));
        assertThat(read.info().modality()).isEqualTo("MR");
        assertThatArray(read.volume().voxels()).containsExactly(77);
    }

    @Test
    void paddingIsAirUnlessItIsLowerStill() {
        DataSet image = withSamples(images(volume(4, 1, 1)).get(0), 16, 3000, 100, -2000, 2999)
                .put(Tag.PIXEL_PADDING_VALUE, 3000);
        assertThatArray(read(write(folder, List.of(image))).volume().voxels()).containsExactly(-1000, 100, -2000, 2999);
        image.put(Tag.PIXEL_PADDING_VALUE, (short) -2000 & 0xffff);
        assertThatArray(read(write(folder, List.of(image))).volume().voxels()).containsExactly(3000, 100, -2000, 2999);
    }

    @Test
    void paddingMayBeARangeInEitherOrder() {
        DataSet image = withSamples(images(volume(4, 1, 1)).get(0), 16, 3000, 100, 2998, 2997)
                .put(Tag.PIXEL_PADDING_VALUE, 3000)
                .put(Tag.PIXEL_PADDING_RANGE_LIMIT, 2998);
        assertThatArray(read(write(folder, List.of(image))).volume().voxels()).containsExactly(-1000, 100, -1000, 2997);
        image.put(Tag.PIXEL_PADDING_VALUE, 2998).put(Tag.PIXEL_PADDING_RANGE_LIMIT, 3000);
        assertThatArray(read(write(folder, List.of(image))).volume().voxels()).containsExactly(-1000, 100, -1000, 2997);
    }

    @Test
    void paddingOfUnsignedSamplesIsUnsignedWhateverItsRepresentation() {
        DataSet image =
                withSamples(images(volume(2, 1, 1)).get(0), 16, 0xfff0, 5).put(Tag.PIXEL_REPRESENTATION, 0);
        image.put(new Element.Bytes(
                Tag.PIXEL_PADDING_VALUE.number(),
                Vr.SS,
                new byte[] {(byte) 0xf0, (byte) 0xff},
                ByteOrder.LITTLE_ENDIAN));
        assertThatArray(read(write(folder, List.of(image))).volume().voxels()).containsExactly(-1000, 5);
    }

    @Test
    void paddingOfMagneticResonanceIsNoSignal() {
        DataSet image = withSamples(images(volume(2, 1, 1)).get(0), 16, 77, 5)
                .put(Tag.SOP_CLASS_UID, StorageClass.MR_IMAGE.uid())
                .put(Tag.PIXEL_PADDING_VALUE, 77);
        assertThatArray(read(write(folder, List.of(image))).volume().voxels()).containsExactly(0, 5);
    }

    @Test
    void onlyWhatPlacesAndMeasuresHasToBeThere() {
        Volume written = volume(6, 5, 4);
        List<DataSet> bare = images(written).stream()
                .map(image -> {
                    DataSet kept = new DataSet();
                    NEEDED.forEach(tag -> kept.put(image.element(tag.number()).orElseThrow()));
                    return kept;
                })
                .toList();
        DicomSeries read = read(write(folder, bare));
        assertThatArray(read.volume().voxels()).isEqualTo(written.voxels());
        assertThat(read.info().frameOfReferenceUid()).isEmpty();
    }

    @Test
    void slicesAreSortedByPositionWhateverTheirNumbersAndNames() {
        Volume written = volume(6, 5, 9);
        List<DataSet> images = images(written);
        List<String> instances =
                images.stream().map(image -> image.uid(Tag.SOP_INSTANCE_UID)).toList();
        Collections.shuffle(images, new Random(3));
        for (int n = 0; n < images.size(); n++) {
            images.get(n).put(Tag.INSTANCE_NUMBER, Integer.toString(n));
        }
        DicomSeries read = read(write(folder, images));
        assertThatArray(read.volume().voxels()).isEqualTo(written.voxels());
        assertThat(read.info().instances())
                .extracting(SopInstance::sopInstanceUid)
                .isEqualTo(instances);
    }

    @Test
    void aSingleSliceIsAsThickAsItSays() {
        DataSet image = images(1).get(0).put(Tag.SLICE_THICKNESS, "4.25");
        assertThat(read(write(folder, List.of(image)))
                        .volume()
                        .geometry()
                        .affine()
                        .at(2, 2))
                .isEqualTo(4.25);
    }

    @Test
    void spacingsAreRowsThenColumnsAndAxesFollowTheImage() {
        DataSet image = images(1)
                .get(0)
                .put(Tag.PIXEL_SPACING, "2\\3")
                .put(Tag.SLICE_THICKNESS, "5")
                .put(Tag.IMAGE_POSITION_PATIENT, "10\\20\\30")
                .put(Tag.IMAGE_ORIENTATION_PATIENT, "0\\1\\0\\0\\0\\-1");
        // A sagittal image: columns go to posterior (3 mm), rows to the feet (2 mm), the normal to the right.
        assertThat(read(write(folder, List.of(image))).volume().geometry().affine())
                .isEqualTo(Affine.of(0, 0, 5, -10, -3, 0, 0, -20, 0, -2, 0, 30));
    }

    @Test
    void roundedPositionsStillMakeAnEvenGrid() {
        List<DataSet> images = images(9);
        for (int k = 0; k < 9; k++) {
            images.get(k).put(Tag.IMAGE_POSITION_PATIENT, "1\\2\\" + Math.round(k * 62.5) / 100.0);
        }
        assertThat(read(write(folder, images)).volume().geometry().affine().at(2, 2))
                .isCloseTo(0.625, within(1e-12));
    }

    @Test
    void otherFilesAndObjectsArePassedOver() {
        List<DataSet> images = images(4);
        write(folder.resolve("deep/er"), images);
        write(folder.resolve("notes.txt"), "no image".getBytes(StandardCharsets.UTF_8));
        write(folder.resolve("._IM1.dcm"), new byte[] {1});
        write(folder.resolve("empty"), new byte[0]);
        DataSet directory = images(1).get(0).put(Tag.SOP_CLASS_UID, "1.2.840.10008.1.3.10");
        write(folder.resolve("DICOMDIR"), SyntheticSeries.file(directory));
        DataSet capture = images(1).get(0).put(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.7");
        write(folder.resolve("capture.dcm"), SyntheticSeries.file(capture));
        DataSet localizer = images(1)
                .get(0)
                .put(Tag.IMAGE_TYPE, "ORIGINAL\\PRIMARY\\LOCALIZER")
                .put(Tag.SERIES_INSTANCE_UID, "1.2.3");
        write(folder.resolve("scout.dcm"), SyntheticSeries.file(localizer));
        assertThat(read(folder).info().instances()).hasSize(4);
    }

    @Test
    void theSeriesAskedForIsReadAmongOthers() {
        write(folder.resolve("a"), images(4));
        DataSet other = images(1).get(0).put(Tag.SERIES_INSTANCE_UID, "1.2.3").put(Tag.ROWS, 999);
        write(folder.resolve("b"), List.of(other));
        String wanted = images(1).get(0).uid(Tag.SERIES_INSTANCE_UID);
        assertThat(reader.read(folder, Optional.of(wanted)).info().instances()).hasSize(4);
    }

    @Test
    void aSingleFileIsASeries() {
        write(folder, images(1));
        assertThat(read(folder.resolve("IM1000")).info().instances()).hasSize(1);
    }

    private DicomSeries read(Path path) {
        return reader.read(path, Optional.empty());
    }

    static void assertSameAffine(Affine actual, Affine expected) {
        assertThatArray(actual.toArray()).isCloseTo(expected.toArray(), 1e-6);
    }
}
