package io.deformux.dicom.series.stack;

import static io.deformux.failure.FailureCode.DICOM_SLICE_DUPLICATE;
import static io.deformux.failure.FailureCode.DICOM_SLICE_MISSING;
import static io.deformux.failure.FailureCode.DICOM_SPACING_UNEVEN;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The distances from each slice to the next along the normal, in mm. */
final class SliceGaps {
    /** Slices that are nearer than this are the same one twice. */
    private static final double SAME_POSITION = 0.01;

    /** How far a gap may be from a whole multiple of the usual one, for slices to be missing in it. */
    private static final double MULTIPLE = 0.1;

    /** A gap that differs from the usual one by more is told. */
    private static final double USUAL = 0.05;

    /** Wider ones are not bridged: what would lie in them is a guess. */
    private static final double MOST_BRIDGED = 4.2;

    private static final int TOLD = 10;

    private final double[] gaps;
    private final double usual;

    /** The gaps between two or more ascending places. */
    SliceGaps(double[] along) {
        this.gaps = IntStream.range(0, along.length - 1)
                .mapToDouble(k -> along[k + 1] - along[k])
                .toArray();
        double[] sorted = gaps.clone();
        Arrays.sort(sorted);
        this.usual = sorted[(sorted.length - 1) / 2];
    }

    /** The median, the lower of two. */
    double usual() {
        return usual;
    }

    /** Throws {@code DICOM_SLICE_DUPLICATE} if two slices lie at one place. */
    void requireDistinct() {
        for (int k = 0; k < gaps.length; k++) {
            if (!(gaps[k] > SAME_POSITION)) {
                throw failure(
                        DICOM_SLICE_DUPLICATE,
                        "slices %d and %d lie at the same position: send each slice, and each phase, once",
                        k + 1,
                        k + 2);
            }
        }
    }

    /** Whether all of them can be bridged by interpolation. */
    boolean canBeBridged() {
        return Arrays.stream(gaps).allMatch(gap -> gap <= MOST_BRIDGED * usual);
    }

    /** What to say of gaps that make no even stack: slices are missing, or the spacing differs. */
    JobException refusal(UnevenSlices uneven) {
        String advice = uneven == UnevenSlices.REFUSE
                ? "or ask for uneven slices to be resampled"
                : "since so wide a gap, or slices that do not lie above each other, are not interpolated";
        for (int k = 0; k < gaps.length; k++) {
            double multiple = gaps[k] / usual;
            long whole = Math.round(multiple);
            if (whole >= 2 && Math.abs(multiple - whole) <= MULTIPLE) {
                return failure(
                        DICOM_SLICE_MISSING,
                        "%d missing after slice %d: the usual gap is %.3f mm, %s; send the whole series, %s",
                        whole - 1,
                        k + 1,
                        usual,
                        others(),
                        advice);
            }
        }
        return failure(
                DICOM_SPACING_UNEVEN,
                "the slices are not evenly spaced: the usual gap is %.3f mm, %s; reconstruct with one slice distance, %s",
                usual,
                others(),
                advice);
    }

    private String others() {
        int[] unusual = IntStream.range(0, gaps.length)
                .filter(k -> !(Math.abs(gaps[k] - usual) <= USUAL * usual))
                .toArray();
        if (unusual.length == 0) {
            return "and small differences add up";
        }
        String told = Arrays.stream(unusual)
                .limit(TOLD)
                .mapToObj(k -> String.format(Locale.ROOT, "%.3f mm after slice %d", gaps[k], k + 1))
                .collect(Collectors.joining(", "));
        return unusual.length > TOLD ? told + " and " + (unusual.length - TOLD) + " more" : told;
    }

    private static JobException failure(FailureCode code, String format, Object... values) {
        return new JobException(code, String.format(Locale.ROOT, format, values));
    }
}
