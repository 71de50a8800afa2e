package io.deformux.dicom.series;

import static io.deformux.dicom.series.SyntheticSeries.images;
import static io.deformux.dicom.series.SyntheticSeries.volume;
import static io.deformux.dicom.series.SyntheticSeries.write;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.slice.SopInstance;
import io.deformux.dicom.series.stack.UnevenSlices;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Volume;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One series of several acquisitions: one volume where they adjoin, else the one that is asked for. */
class AcquisitionsTest {
    private final DicomSeriesReader reader = new DicomSeriesReader(DicomLimits.defaults());

    @TempDir
    Path folder;

    @Test
    void acquisitionsThatAdjoinAreOneVolume() {
        Volume written = volume(6, 5, 9);
        List<DataSet> images = images(written);
        for (int k = 0; k < 9; k++) {
            images.get(k).put(Tag.ACQUISITION_NUMBER, k < 4 ? "1" : "2");
        }
        write(folder, images);

        assertThatArray(read(Optional.empty()).volume().voxels()).isEqualTo(written.voxels());
        assertThat(read(Optional.of(2)).info().instances()).hasSize(5);
    }

    @Test
    void phasesOfTheSamePlacesAreNotMixed() {
        write(folder, twoPhases());

        JobException refusal = catchThrowableOfType(JobException.class, () -> read(Optional.empty()));

        assertThat(refusal.code()).isEqualTo(FailureCode.DICOM_ACQUISITIONS_MIXED);
        assertThat(refusal)
                .hasMessageContaining("acquisitionNumber")
                .hasMessageContaining("1 (5 images), 2 (4 images)");
    }

    @Test
    void theAcquisitionAskedForIsRead() {
        write(folder, twoPhases());

        assertThat(read(Optional.of(1)).info().instances()).hasSize(5);
        assertThat(read(Optional.of(2)).info().instances())
                .extracting(SopInstance::sopInstanceUid)
                .allMatch(uid -> uid.startsWith("1.2.3."));
    }

    @Test
    void aFrameHasAnAcquisitionToo() {
        write(folder.resolve("1.dcm"), SyntheticSeries.file(EnhancedImage.of(twoPhases())));

        assertThat(catchThrowableOfType(JobException.class, () -> read(Optional.empty()))
                        .code())
                .isEqualTo(FailureCode.DICOM_ACQUISITIONS_MIXED);
        assertThat(read(Optional.of(2)).info().instances())
                .extracting(instance -> instance.frame().orElseThrow())
                .containsExactly(6, 7, 8, 9);
    }

    @Test
    void framesWithoutANumberHaveThatOfTheirObject() {
        for (int number = 1; number < 3; number++) {
            DataSet object = EnhancedImage.of(images(4)).put(Tag.ACQUISITION_NUMBER, Integer.toString(number));
            write(
                    folder.resolve(number + ".dcm"),
                    SyntheticSeries.file(object.put(Tag.SOP_INSTANCE_UID, "1." + number)));
        }

        assertThat(read(Optional.of(2)).info().objects())
                .extracting(SopInstance::sopInstanceUid)
                .containsExactly("1.2");
    }

    @Test
    void anAcquisitionThatIsNotThere() {
        write(folder, twoPhases());

        JobException refusal = catchThrowableOfType(JobException.class, () -> read(Optional.of(7)));

        assertThat(refusal.code()).isEqualTo(FailureCode.DICOM_NO_IMAGES);
        assertThat(refusal).hasMessageContaining("1 (5 images), 2 (4 images)");
    }

    @Test
    void aSliceMissingAmongNumberedRotationsIsAMissingSlice() {
        List<DataSet> images = images(9);
        for (int k = 0; k < 9; k++) {
            images.get(k).put(Tag.ACQUISITION_NUMBER, Integer.toString(k + 1));
        }
        images.remove(4);
        write(folder, images);

        assertThat(catchThrowableOfType(JobException.class, () -> read(Optional.empty()))
                        .code())
                .isEqualTo(FailureCode.DICOM_SLICE_MISSING);
    }

    @Test
    void phasesWhoseSlicesAlternateAreNotMixed() {
        List<DataSet> images = images(8);
        for (int k = 0; k < 8; k++) {
            images.get(k).put(Tag.ACQUISITION_NUMBER, k % 2 == 0 ? "1" : "2");
        }
        write(folder, images);

        JobException refusal = catchThrowableOfType(JobException.class, () -> read(Optional.empty()));

        assertThat(refusal.code()).isEqualTo(FailureCode.DICOM_ACQUISITIONS_MIXED);
        assertThat(refusal).hasMessageContaining("alternate").hasMessageContaining("1 (4 images), 2 (4 images)");
        assertThat(read(Optional.of(2)).volume().geometry().affine().at(2, 2)).isEqualTo(5);
    }

    @Test
    void aPhaseWithoutANumberIsOneOfItsOwn() {
        List<DataSet> images = images(8);
        for (int k = 0; k < 8; k += 2) {
            images.get(k).put(Tag.ACQUISITION_NUMBER, "1");
            images.get(k + 1).put(Tag.ACQUISITION_NUMBER, "");
        }
        write(folder, images);

        assertThat(catchThrowableOfType(JobException.class, () -> read(Optional.empty())))
                .hasMessageContaining("none (4 images), 1 (4 images)");
        assertThat(read(Optional.of(1)).info().instances()).hasSize(4);
    }

    @Test
    void phasesWithinTheAcquisitionAskedForAreKnownByTheirTimes() {
        List<DataSet> images = images(8);
        for (int k = 0; k < 8; k++) {
            images.get(k).put(Tag.ACQUISITION_NUMBER, "1").put(Tag.ACQUISITION_TIME, k % 2 == 0 ? "101112" : "101245");
        }
        write(folder, images);

        assertThat(catchThrowableOfType(JobException.class, () -> read(Optional.of(1))))
                .hasMessageContaining("acquisition times alternate");
    }

    @Test
    void phasesOfADynamicSeriesAreKnownByTheirTemporalPositions() {
        List<DataSet> images = images(8);
        for (int k = 0; k < 8; k++) {
            images.get(k).put(Tag.TEMPORAL_POSITION_IDENTIFIER, Integer.toString(1 + k % 2));
        }
        write(folder, images);

        assertThat(catchThrowableOfType(JobException.class, () -> read(Optional.empty())))
                .hasMessageContaining("Temporal Position Identifier");
    }

    @Test
    void phasesWithoutNumbersAreKnownByTheirTimes() {
        List<DataSet> images = images(8);
        for (int k = 0; k < 8; k++) {
            images.get(k).put(Tag.ACQUISITION_TIME, k % 2 == 0 ? "101112" : "101245");
        }
        write(folder, images);

        assertThat(catchThrowableOfType(JobException.class, () -> read(Optional.empty())))
                .hasMessageContaining("acquisition times alternate");
    }

    @Test
    void slicesThatAreEachAnAcquisitionOrHaveATimeOfTheirOwnAreOneVolume() {
        List<DataSet> images = images(8);
        for (int k = 0; k < 8; k++) {
            images.get(k).put(Tag.ACQUISITION_NUMBER, Integer.toString(k % 2 == 0 ? 20 - k : k));
            images.get(k).put(Tag.ACQUISITION_TIME, "1011" + (k % 2 == 0 ? 30 - k : 40 + k));
        }
        write(folder, images);
        assertThat(read(Optional.empty()).info().instances()).hasSize(8);
    }

    private static List<DataSet> twoPhases() {
        List<DataSet> both = new ArrayList<>();
        images(5).forEach(image -> both.add(image.put(Tag.ACQUISITION_NUMBER, "1")));
        images(4)
                .forEach(image -> both.add(
                        image.put(Tag.ACQUISITION_NUMBER, "2").put(Tag.SOP_INSTANCE_UID, "1.2.3." + both.size())));
        return both;
    }

    private DicomSeries read(Optional<Integer> acquisition) {
        return reader.read(folder, Optional.empty(), acquisition, UnevenSlices.REFUSE);
    }
}
