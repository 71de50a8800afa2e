package io.deformux.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.dicom.series.DicomSeriesReader;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.nifti.NiftiReader;
import io.deformux.volume.Affine;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DICOM inputs after public bug reports: the volume that is plainly there, or a refusal that tells what is the matter. */
class DicomBugReportTest {
    private static final double HALF_A_UNIT = 0.5;

    private final DicomSeriesReader dicom = new DicomSeriesReader(DicomLimits.defaults());
    private final NiftiReader nifti = new NiftiReader(1 << 24);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bare-data-sets-dcm",
                "classic-multiframe",
                "decimal-comma",
                "frame-of-reference-per-slice",
                "gantry-tilt",
                "j2k-jp2-wrapper",
                "meta-without-sop-class",
                "mf-j2k-nobot-fragments",
                "number-of-frames-0",
                "object-without-pixels",
                "one-file-twice",
                "orientation-jitter-2e-4",
                "padding-0-in-hu",
                "padding-outside-bits-stored",
                "pixel-data-two-bytes-more",
                "private-element-twice",
                "private-vr-question-marks",
                "rle-one-byte-more",
                "same-files-twice",
                "says-explicit-is-implicit",
                "scout-in-series-same-acquisition",
                "siemens-mosaic-one",
                "slice-thickness-text",
                "un-sequence-explicit-inside"
            })
    void theVolumeThatIsThereIsRead(String name) {
        assertSame(name, 0.06);
    }

    @ParameterizedTest
    @ValueSource(strings = {"positions-rounded-tenth-0625"})
    void roundedPositionsAreRead(String name) {
        assertSame(name, 0.3);
    }

    @ParameterizedTest
    @CsvSource({
        "last-slice-cut-short, INPUT_TRUNCATED, file 8 of 8",
        "phases-interleaved, DICOM_ACQUISITIONS_MIXED, '1 (8 images), 2 (8 images)'",
        "same-sop-instance-uid, DICOM_ATTRIBUTE_INVALID, SOP Instance UID",
        "siemens-mosaic-two, DICOM_ACQUISITIONS_MIXED, 2 Siemens mosaics"
    })
    void whatIsNoVolumeIsRefusedByName(String name, FailureCode code, String words) {
        Path input = input(name);
        JobException refusal = catchThrowableOfType(JobException.class, () -> dicom.read(input, Optional.empty()));
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        assertThat(refusal).hasMessageContaining(words);
    }

    /** Every voxel of the right volume lies on a voxel of ours, {@code tolerance} mm apart at most, and has its value. */
    private void assertSame(String name, double tolerance) {
        Volume right = nifti.read(Fixtures.bugReport("imaging/" + name + "/right.nii.gz"));
        Volume ours = dicom.read(input(name), Optional.empty()).volume();
        Shape3 shape = right.geometry().shape();
        assertThat(ours.voxels().length).isEqualTo(right.voxels().length);
        Affine toOurs =
                ours.geometry().affine().inverse().times(right.geometry().affine());
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++) {
                    double[] at = toOurs.apply(i, j, k);
                    int[] voxel = {(int) Math.round(at[0]), (int) Math.round(at[1]), (int) Math.round(at[2])};
                    String place = "voxel " + i + " " + j + " " + k;
                    double[] expected = right.geometry().affine().apply(i, j, k);
                    double[] actual = ours.geometry().affine().apply(voxel[0], voxel[1], voxel[2]);
                    double off = Math.sqrt(Math.pow(expected[0] - actual[0], 2)
                            + Math.pow(expected[1] - actual[1], 2)
                            + Math.pow(expected[2] - actual[2], 2));
                    assertThat(off).as("mm at " + place).isLessThanOrEqualTo(tolerance);
                    assertThat(Math.abs(right.at(i, j, k) - ours.at(voxel[0], voxel[1], voxel[2])))
                            .as("value at " + place)
                            .isLessThanOrEqualTo((float) HALF_A_UNIT);
                }
            }
        }
    }

    private static Path input(String name) {
        return Fixtures.bugReport("imaging/" + name + "/input");
    }
}
