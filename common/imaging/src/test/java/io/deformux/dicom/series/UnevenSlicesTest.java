package io.deformux.dicom.series;

import static io.deformux.dicom.series.SyntheticSeries.images;
import static io.deformux.dicom.series.SyntheticSeries.volume;
import static io.deformux.dicom.series.SyntheticSeries.write;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.stack.UnevenSlices;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.volume.Volume;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slices that make no even stack: refused with their gaps, or interpolated where that was asked for. */
class UnevenSlicesTest {
    private final DicomSeriesReader reader = new DicomSeriesReader(DicomLimits.defaults());

    @TempDir
    Path folder;

    @Test
    void aMissingSliceIsInterpolatedBetweenItsNeighbours() {
        Volume written = volume(6, 5, 6);
        List<DataSet> images = images(written);
        images.remove(2);
        write(folder, images);

        DicomSeries read = read(UnevenSlices.RESAMPLE);

        assertThat(read.warnings()).extracting(Warning::code).containsExactly(WarningCode.SLICES_RESAMPLED);
        DicomSeriesReaderTest.assertSameAffine(
                read.volume().geometry().affine(), written.geometry().affine());
        for (int k : new int[] {0, 1, 3, 4, 5}) {
            assertThat(read.volume().at(3, 2, k)).isEqualTo(written.at(3, 2, k));
        }
        assertThat(read.volume().at(3, 2, 2)).isCloseTo((written.at(3, 2, 1) + written.at(3, 2, 3)) / 2, within(1e-3f));
        assertThat(read.info().instances()).hasSize(6);
        assertThat(read.source().positions()).hasSize(6);
        assertThat(read.source().samplesInPlace()).isFalse();
    }

    @Test
    void twoThicknessesBecomeTheUsualOne() {
        write(folder, at(0, 1, 2, 3, 4, 6.5, 9));
        Volume read = read(UnevenSlices.RESAMPLE).volume();
        assertThat(read.geometry().shape().w()).isEqualTo(10);
        assertThat(read.geometry().affine().at(2, 2)).isCloseTo(1, within(1e-9));
    }

    @Test
    void gapsAreListed() {
        write(folder, at(0, 1, 2, 3, 4, 6.5, 9));
        JobException refusal = catchThrowableOfType(JobException.class, () -> read(UnevenSlices.REFUSE));
        assertThat(refusal.code()).isEqualTo(FailureCode.DICOM_SPACING_UNEVEN);
        assertThat(refusal)
                .hasMessageContaining("usual gap is 1.000 mm, 2.500 mm after slice 5, 2.500 mm after slice 6");
    }

    @Test
    void aWideGapIsNotBridged() {
        write(folder, at(0, 1, 2, 3, 13, 14));
        assertThat(catchThrowableOfType(JobException.class, () -> read(UnevenSlices.RESAMPLE))
                        .code())
                .isEqualTo(FailureCode.DICOM_SLICE_MISSING);
    }

    @Test
    void anEvenStackIsLeftAsItIs() {
        Volume written = volume(6, 5, 4);
        write(folder, images(written));
        DicomSeries read = read(UnevenSlices.RESAMPLE);
        assertThatArray(read.volume().voxels()).isEqualTo(written.voxels());
        assertThat(read.warnings()).isEmpty();
    }

    private static List<DataSet> at(double... places) {
        List<DataSet> images = images(places.length);
        for (int k = 0; k < places.length; k++) {
            images.get(k).put(Tag.IMAGE_POSITION_PATIENT, "1\\2\\" + places[k]);
        }
        return images;
    }

    private DicomSeries read(UnevenSlices uneven) {
        return reader.read(folder, Optional.empty(), Optional.empty(), uneven);
    }
}
