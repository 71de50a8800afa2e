package io.deformux.dicom.series.stack;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_INVALID;
import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_MISSING;
import static io.deformux.failure.FailureCode.DICOM_GANTRY_TILT;

import io.deformux.dicom.data.Tag;
import io.deformux.dicom.series.slice.Plane;
import io.deformux.dicom.series.slice.Slice;
import io.deformux.dicom.series.slice.Vector3;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.volume.Affine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Slices of one series in ascending position along the normal, and the even grid that they make.
 *
 * <p>The line of positions may lean against the normal, as it does where the gantry was tilted; the grid follows it and is
 * sheared. How far positions may be off an even grid is in {@link StackLine}.
 */
public final class SliceStack {
    /** Gantries are tilted by 30 degrees at most; what leans further is no stack. */
    private static final double MOST_TILT_DEGREES = 45;

    /** Differences of directions that are worth telling: more than the last digit. */
    private static final double DIRECTIONS_DIFFER = 1e-5;

    private final List<Slice> slices;
    private final Affine affine;
    private final Optional<EvenPlaces> places;
    private final List<Warning> warnings;

    private SliceStack(List<Slice> slices, Affine affine, Optional<EvenPlaces> places, List<Warning> warnings) {
        this.slices = slices;
        this.affine = affine;
        this.places = places;
        this.warnings = List.copyOf(warnings);
    }

    /** Sorts the slices of one series and checks that they make an even grid. */
    public static SliceStack of(List<Slice> unsorted) {
        return of(unsorted, UnevenSlices.REFUSE);
    }

    /** Sorts the slices of one series and checks that they belong together. */
    public static SliceStack of(List<Slice> unsorted, UnevenSlices uneven) {
        Slice first = unsorted.get(0);
        checkUniform(unsorted, first);
        Vector3 normal = first.plane().normal();
        List<Slice> slices = unsorted.stream()
                .sorted(Comparator.comparingDouble(
                        slice -> slice.plane().position().dot(normal)))
                .toList();
        List<Warning> warnings = new ArrayList<>();
        tellDirections(slices, warnings);
        Plane lowest = slices.get(0).plane();
        if (slices.size() == 1) {
            return new SliceStack(slices, affine(lowest, singleStep(first, normal)), Optional.empty(), warnings);
        }
        List<Vector3> positions =
                slices.stream().map(slice -> slice.plane().position()).toList();
        double[] along = positions.stream()
                .mapToDouble(position -> position.minus(positions.get(0)).dot(normal))
                .toArray();
        SliceGaps gaps = new SliceGaps(along);
        gaps.requireDistinct();
        StackLine line = StackLine.of(positions);
        if (!line.isEven()) {
            return resampled(slices, positions, along, gaps, uneven, warnings);
        }
        requireUpright(line.step(), normal);
        if (line.isRounded()) {
            warnings.add(new Warning(
                    WarningCode.SLICE_POSITIONS_ROUNDED,
                    text(
                            "slices lie up to %.3f mm off the even grid of %.4f mm that was fitted to them",
                            line.farthest(), line.step().norm())));
        }
        return new SliceStack(slices, affine(lowest.at(line.start()), line.step()), Optional.empty(), warnings);
    }

    private static SliceStack resampled(
            List<Slice> slices,
            List<Vector3> positions,
            double[] along,
            SliceGaps gaps,
            UnevenSlices uneven,
            List<Warning> warnings) {
        if (uneven == UnevenSlices.REFUSE || !gaps.canBeBridged()) {
            throw gaps.refusal(uneven);
        }
        EvenPlaces places = EvenPlaces.of(along, gaps.usual());
        Vector3 extent = positions.get(positions.size() - 1).minus(positions.get(0));
        for (int k = 0; k < along.length; k++) {
            Vector3 onLine = positions.get(0).plus(extent.times(along[k] / along[along.length - 1]));
            if (!(positions.get(k).minus(onLine).norm() <= StackLine.tolerance(gaps.usual()))) {
                throw gaps.refusal(uneven);
            }
        }
        Vector3 step = extent.times(1.0 / (places.count() - 1));
        requireUpright(step, slices.get(0).plane().normal());
        warnings.add(new Warning(
                WarningCode.SLICES_RESAMPLED,
                text(
                        "%d slices that are not evenly spaced were interpolated to %d of %.3f mm",
                        slices.size(), places.count(), step.norm())));
        return new SliceStack(slices, affine(slices.get(0).plane(), step), Optional.of(places), warnings);
    }

    /** The slices that were acquired, in ascending order. */
    public List<Slice> slices() {
        return slices;
    }

    /** Where the slices of the grid lie among those that were acquired; empty where they are the same. */
    public Optional<EvenPlaces> places() {
        return places;
    }

    /** Voxel indices of the grid to RAS+ mm. */
    public Affine affine() {
        return affine;
    }

    /** What was accepted and should be told. */
    public List<Warning> warnings() {
        return warnings;
    }

    private static void checkUniform(List<Slice> slices, Slice first) {
        same(slices, slice -> slice.image().studyUid(), Tag.STUDY_INSTANCE_UID);
        same(slices, slice -> slice.image().storageClass(), Tag.SOP_CLASS_UID);
        same(slices, slice -> slice.format().rows(), Tag.ROWS);
        same(slices, slice -> slice.format().columns(), Tag.COLUMNS);
        same(slices, slice -> slice.plane().hasDirectionsOf(first.plane()), Tag.IMAGE_ORIENTATION_PATIENT);
        same(slices, slice -> slice.plane().hasSpacingOf(first.plane()), Tag.PIXEL_SPACING);
    }

    private static void same(List<Slice> slices, Function<Slice, Object> property, Tag tag) {
        Object expected = property.apply(slices.get(0));
        for (Slice slice : slices) {
            if (!property.apply(slice).equals(expected)) {
                throw slice.image()
                        .file()
                        .failure(
                                new JobException(
                                        DICOM_ATTRIBUTE_INVALID,
                                        tag
                                                + " differs from most of the images: take it out or send it as a series of its own"));
            }
        }
    }

    private static void tellDirections(List<Slice> slices, List<Warning> warnings) {
        Plane first = slices.get(0).plane();
        double most = slices.stream()
                .mapToDouble(slice -> slice.plane().directionsOff(first))
                .max()
                .orElse(0);
        if (most > DIRECTIONS_DIFFER) {
            warnings.add(new Warning(
                    WarningCode.SLICE_ORIENTATIONS_DIFFER,
                    text("the orientations of the slices differ by up to %.5f; that of the first is taken", most)));
        }
    }

    /** A single slice is as thick as it says. */
    private static Vector3 singleStep(Slice slice, Vector3 normal) {
        double thickness = slice.thickness()
                .orElseThrow(() -> new JobException(
                        DICOM_ATTRIBUTE_MISSING, "a series of one image needs " + Tag.SLICE_THICKNESS));
        if (!(thickness > 0)) {
            throw new JobException(
                    DICOM_ATTRIBUTE_INVALID,
                    "a series of one image needs " + Tag.SLICE_THICKNESS + ", which is not a positive number");
        }
        return normal.times(thickness);
    }

    private static void requireUpright(Vector3 step, Vector3 normal) {
        double tilt = Math.toDegrees(Math.atan2(step.cross(normal).norm(), step.dot(normal)));
        if (!(tilt <= MOST_TILT_DEGREES)) {
            throw new JobException(
                    DICOM_GANTRY_TILT,
                    text(
                            "the slices lean %.2f degrees against their normal, more than any gantry is tilted:"
                                    + " send slices that lie above each other",
                            tilt));
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

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
