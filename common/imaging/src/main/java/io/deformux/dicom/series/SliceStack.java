package io.deformux.dicom.series;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_INVALID;
import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_MISSING;
import static io.deformux.failure.FailureCode.DICOM_GANTRY_TILT;
import static io.deformux.failure.FailureCode.DICOM_SLICE_DUPLICATE;
import static io.deformux.failure.FailureCode.DICOM_SLICE_MISSING;
import static io.deformux.failure.FailureCode.DICOM_SPACING_UNEVEN;

import io.deformux.dicom.data.Tag;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Affine;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Slices of one series that make an even grid, in ascending position along the normal.
 *
 * <p>Tolerances: two slices closer than {@value #SAME_POSITION} mm are the same one twice; a gap within
 * {@value #MULTIPLE} of a whole multiple (2 or more) of the median gap is missing slices; the line of positions may
 * lean {@value #TILT_DEGREES} degrees against the normal, and the affine follows that line; and each position may be
 * {@value #UNEVEN} of the slice distance away from where an even grid puts it.
 */
final class SliceStack {
    private static final double SAME_POSITION = 0.01;
    private static final double MULTIPLE = 0.1;
    private static final double TILT_DEGREES = 0.1;
    private static final double UNEVEN = 0.05;

    private final List<Slice> slices;
    private final Affine affine;

    private SliceStack(List<Slice> slices, Affine affine) {
        this.slices = slices;
        this.affine = affine;
    }

    /** Sorts the slices of one series and checks that they belong together. */
    static SliceStack of(List<Slice> unsorted) {
        Slice first = unsorted.get(0);
        checkUniform(unsorted, first);
        Vector3 normal = first.plane().normal();
        List<Slice> slices = unsorted.stream()
                .sorted(Comparator.comparingDouble(
                        slice -> slice.plane().position().dot(normal)))
                .toList();
        Vector3 step = slices.size() == 1 ? singleStep(first, normal) : evenStep(slices, normal);
        return new SliceStack(slices, affine(slices.get(0).plane(), step));
    }

    /** The slices in the order of k. */
    List<Slice> slices() {
        return slices;
    }

    /** Voxel indices to RAS+ mm. */
    Affine affine() {
        return affine;
    }

    private static void checkUniform(List<Slice> slices, Slice first) {
        same(slices, slice -> slice.image().studyUid(), Tag.STUDY_INSTANCE_UID);
        same(slices, slice -> slice.image().storageClass(), Tag.SOP_CLASS_UID);
        same(slices, slice -> slice.image().frameOfReferenceUid(), Tag.FRAME_OF_REFERENCE_UID);
        same(slices, slice -> slice.image().format().rows(), Tag.ROWS);
        same(slices, slice -> slice.image().format().columns(), Tag.COLUMNS);
        same(slices, slice -> slice.plane().hasDirectionsOf(first.plane()), Tag.IMAGE_ORIENTATION_PATIENT);
        same(slices, slice -> slice.plane().hasSpacingOf(first.plane()), Tag.PIXEL_SPACING);
    }

    private static void same(List<Slice> slices, Function<Slice, Object> property, Tag tag) {
        Object expected = property.apply(slices.get(0));
        for (Slice slice : slices) {
            if (!property.apply(slice).equals(expected)) {
                throw slice.image()
                        .file()
                        .failure(new JobException(
                                DICOM_ATTRIBUTE_INVALID,
                                tag + " differs from the first image: the series is not one volume"));
            }
        }
    }

    /** A single slice is as thick as it says. */
    private static Vector3 singleStep(Slice slice, Vector3 normal) {
        double thickness = slice.thickness()
                .orElseThrow(() -> new JobException(
                        DICOM_ATTRIBUTE_MISSING, "a series of one image needs " + Tag.SLICE_THICKNESS));
        if (!(thickness > 0)) {
            throw new JobException(DICOM_ATTRIBUTE_INVALID, Tag.SLICE_THICKNESS + " is not positive");
        }
        return normal.times(thickness);
    }

    private static Vector3 evenStep(List<Slice> slices, Vector3 normal) {
        int gaps = slices.size() - 1;
        Vector3 start = slices.get(0).plane().position();
        double[] along = slices.stream()
                .mapToDouble(slice -> slice.plane().position().minus(start).dot(normal))
                .toArray();
        checkGaps(along);
        Vector3 step = slices.get(gaps).plane().position().minus(start).times(1.0 / gaps);
        double tilt = Math.toDegrees(Math.atan2(step.cross(normal).norm(), step.dot(normal)));
        if (!(tilt <= TILT_DEGREES)) {
            throw failure(
                    DICOM_GANTRY_TILT,
                    "the slices lean %.2f degrees against their normal: reconstruct or resample without gantry tilt",
                    tilt);
        }
        for (int k = 0; k <= gaps; k++) {
            Vector3 offGrid = slices.get(k).plane().position().minus(start).minus(step.times(k));
            if (!(offGrid.norm() <= UNEVEN * step.norm())) {
                throw failure(
                        DICOM_SPACING_UNEVEN,
                        "slice %d lies %.3f mm away from an even grid of %.3f mm: reconstruct with one slice distance",
                        k + 1,
                        offGrid.norm(),
                        step.norm());
            }
        }
        return step;
    }

    private static void checkGaps(double[] along) {
        double[] gaps = new double[along.length - 1];
        for (int k = 0; k < gaps.length; k++) {
            gaps[k] = along[k + 1] - along[k];
            if (!(gaps[k] > SAME_POSITION)) {
                throw failure(
                        DICOM_SLICE_DUPLICATE,
                        "slices %d and %d lie at the same position: send each slice, and each phase, once",
                        k + 1,
                        k + 2);
            }
        }
        double[] sorted = gaps.clone();
        Arrays.sort(sorted);
        double usual = sorted[(sorted.length - 1) / 2];
        for (int k = 0; k < gaps.length; k++) {
            double multiple = gaps[k] / usual;
            long whole = Math.round(multiple);
            if (whole >= 2 && Math.abs(multiple - whole) <= MULTIPLE) {
                throw failure(
                        DICOM_SLICE_MISSING,
                        "%d missing after slice %d: the gap is %.3f mm, the usual one %.3f mm; send the whole series",
                        whole - 1,
                        k + 1,
                        gaps[k],
                        usual);
            }
        }
    }

    /**
     * Columns, rows and slices as axes i, j and k (PS3.3 equation C.7.6.2.1-1); DICOM's x and y point the other way
     * than those of RAS+. Subtracted from 0, since a minus sign would make negative zeros.
     */
    private static Affine affine(Plane first, Vector3 step) {
        Vector3 i = first.alongRow().times(first.columnSpacing());
        Vector3 j = first.alongColumn().times(first.rowSpacing());
        Vector3 origin = first.position();
        return Affine.of(
                0 - i.x(),
                0 - j.x(),
                0 - step.x(),
                0 - origin.x(),
                0 - i.y(),
                0 - j.y(),
                0 - step.y(),
                0 - origin.y(),
                i.z(),
                j.z(),
                step.z(),
                origin.z());
    }

    private static JobException failure(FailureCode code, String format, Object... values) {
        return new JobException(code, String.format(Locale.ROOT, format, values));
    }
}
