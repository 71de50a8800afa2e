package io.deformux.dicom.series;

import static io.deformux.dicom.series.SyntheticSeries.file;
import static io.deformux.dicom.series.SyntheticSeries.images;
import static io.deformux.dicom.series.SyntheticSeries.volume;
import static io.deformux.dicom.series.SyntheticSeries.write;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.Vr;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.slice.StorageClass;
import io.deformux.dicom.series.stack.UnevenSlices;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.volume.Volume;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mosaics of five slices of 6 x 5 in nine tiles. */
class MosaicTest {
    private static final int SLICES = 5;
    private static final int TILES = 3;

    private final DicomSeriesReader reader = new DicomSeriesReader(DicomLimits.defaults());
    private final Volume written = volume(6, 5, SLICES);

    @TempDir
    Path folder;

    @Test
    void aMosaicIsTheVolumeOfItsTiles() {
        write(folder.resolve("1"), file(numbered(mosaic())));
        assertIsWritten(read());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsNumberOfSlicesMayStandInTheOtherHeaderOfEitherLayout(boolean second) {
        DataSet mosaic = mosaic();
        putCsa(mosaic, csa(second, Map.of("NumberOfImagesInMosaic", "5", "SliceNormalVector", "0|0|1")));
        write(folder.resolve("1"), file(mosaic));
        assertIsWritten(read());
    }

    @Test
    void slicesMayFollowEachOtherAgainstTheNormal() {
        DataSet mosaic = numbered(mosaic());
        putCsa(mosaic, csa(true, Map.of("SliceNormalVector", "0|0|-1")));
        write(folder.resolve("1"), file(mosaic));
        Volume read = read().volume();
        assertThatArray(read.geometry().affine().apply(0, 0, SLICES - 1))
                .isCloseTo(written.geometry().affine().apply(0, 0, 0), 1e-9);
        assertThat(read.at(2, 3, 0)).isEqualTo(written.at(2, 3, SLICES - 1));
    }

    @Test
    void aDirectionThatCannotBeReadIsRefused() {
        DataSet mosaic = numbered(mosaic());
        putCsa(mosaic, new byte[] {1, 2, 3});
        write(folder.resolve("1"), file(mosaic));
        assertRefuses(FailureCode.DICOM_ATTRIBUTE_INVALID, "direction");
    }

    @Test
    void aMosaicIsKnownByItsNumberOfSlicesTooAndItsDirectionIsToldToBeAssumed() {
        write(folder.resolve("1"), file(numbered(mosaic()).put(Tag.IMAGE_TYPE, "ORIGINAL\\PRIMARY\\M\\ND")));
        DicomSeries read = read();
        assertIsWritten(read);
        assertThat(read.warnings()).extracting(Warning::code).containsExactly(WarningCode.MOSAIC_DIRECTION_ASSUMED);
    }

    @Test
    void aMosaicThatTellsItsDirectionGivesNoWarning() {
        DataSet mosaic = numbered(mosaic());
        putCsa(mosaic, csa(true, Map.of("SliceNormalVector", "0|0|1")));
        write(folder.resolve("1"), file(mosaic));
        assertThat(read().warnings()).isEmpty();
    }

    @Test
    void aMosaicWhoseNumberOfSlicesWasRemovedIsRefused() {
        write(folder.resolve("1"), file(mosaic()));
        assertRefuses(FailureCode.DICOM_ATTRIBUTE_MISSING, "Siemens mosaic does not say how many");
    }

    @Test
    void severalMosaicsAreSeveralVolumes() {
        write(folder.resolve("1"), file(numbered(mosaic())));
        write(folder.resolve("2"), file(numbered(mosaic()).put(Tag.SOP_INSTANCE_UID, "1.4")));
        assertRefuses(FailureCode.DICOM_SLICE_DUPLICATE, "2 Siemens mosaics");
        write(folder.resolve("1"), file(numbered(mosaic()).put(Tag.ACQUISITION_NUMBER, "1")));
        write(
                folder.resolve("2"),
                file(numbered(mosaic()).put(Tag.SOP_INSTANCE_UID, "1.4").put(Tag.ACQUISITION_NUMBER, "2")));
        assertRefuses(FailureCode.DICOM_ACQUISITIONS_MIXED, "of 1 to 2");
        assertIsWritten(reader.read(folder, Optional.empty(), Optional.of(2), UnevenSlices.REFUSE));
    }

    private void assertIsWritten(DicomSeries read) {
        assertThatArray(read.volume().voxels()).isEqualTo(written.voxels());
        DicomSeriesReaderTest.assertSameAffine(
                read.volume().geometry().affine(), written.geometry().affine());
        assertThat(read.info().objects()).hasSize(1);
        assertThat(read.source().samplesInPlace()).isFalse();
    }

    private void assertRefuses(FailureCode code, String words) {
        JobException refusal = catchThrowableOfType(JobException.class, this::read);
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        assertThat(refusal).hasMessageContaining(words);
    }

    private DicomSeries read() {
        return reader.read(folder, Optional.empty());
    }

    private DataSet mosaic() {
        int columns = 6 * TILES;
        int rows = 5 * TILES;
        int[] samples = new int[rows * columns];
        for (int k = 0; k < SLICES; k++) {
            for (int j = 0; j < 5; j++) {
                for (int i = 0; i < 6; i++) {
                    samples[(k / TILES * 5 + j) * columns + k % TILES * 6 + i] = (int) written.at(i, j, k);
                }
            }
        }
        DataSet image = SyntheticSeries.withSamples(images(written).get(0), 16, samples);
        // The corner of a slice as large as the mosaic: a tile more on each side, of 6 x 0.7 mm and 5 x 0.9 mm.
        return image.put(Tag.SOP_CLASS_UID, StorageClass.MR_IMAGE.uid())
                .put(Tag.IMAGE_TYPE, "ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC")
                .put(Tag.ROWS, rows)
                .put(Tag.COLUMNS, columns)
                .put(Tag.SPACING_BETWEEN_SLICES, "2.5")
                .put(Tag.IMAGE_POSITION_PATIENT, "-15.2\\-17.5\\-40");
    }

    private static DataSet numbered(DataSet mosaic) {
        return mosaic.put(text(0x00190011, "SIEMENS MR HEADER"))
                .put(new Element.Bytes(0x0019110a, Vr.US, new byte[] {SLICES, 0}, ByteOrder.LITTLE_ENDIAN));
    }

    private static void putCsa(DataSet mosaic, byte[] header) {
        mosaic.put(text(0x00290010, "SIEMENS CSA HEADER"))
                .put(new Element.Bytes(0x00291010, Vr.OB, header, ByteOrder.LITTLE_ENDIAN));
    }

    private static Element text(int tag, String text) {
        byte[] bytes = (text + " ".repeat(text.length() % 2)).getBytes(StandardCharsets.US_ASCII);
        return new Element.Bytes(tag, Vr.LO, bytes, ByteOrder.LITTLE_ENDIAN);
    }

    /** A header of tags with values, each of four bytes or fewer. */
    private static byte[] csa(boolean second, Map<String, String> values) {
        ByteBuffer out = ByteBuffer.allocate(2000).order(ByteOrder.LITTLE_ENDIAN);
        if (second) {
            out.put("SV10".getBytes(StandardCharsets.US_ASCII)).putInt(0x01020304);
        }
        out.putInt(values.size()).putInt(77);
        int first = -1;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            String[] parts = entry.getValue().split("\\|");
            int items = parts.length + 1;
            first = first < 0 ? items : first;
            int start = out.position();
            out.put(entry.getKey().getBytes(StandardCharsets.US_ASCII));
            out.position(start + 64)
                    .putInt(parts.length)
                    .putInt(0x5344)
                    .putInt(0)
                    .putInt(items)
                    .putInt(77);
            for (int n = 0; n < items; n++) {
                int length = n < parts.length ? parts[n].length() + 1 : 0;
                out.putInt(second ? length : length + first)
                        .putInt(length)
                        .putInt(77)
                        .putInt(length);
                int at = out.position();
                if (length > 0) {
                    out.put(parts[n].getBytes(StandardCharsets.US_ASCII));
                }
                out.position(at + (length + 3) / 4 * 4);
            }
        }
        return out.array();
    }
}
