package io.deformux.evaluation;

import io.deformux.volume.Shape3;
import java.util.Arrays;

/**
 * The distances between the surfaces of one structure in a prediction and in the truth, and the measures made of them.
 *
 * <p>A surface is the voxels of a structure that miss one of their six neighbours, the border of the image included.
 * Distances run from the centre of each surface voxel to the nearest centre of the other surface, in mm. If both
 * structures are empty, every measure is NaN.
 */
public final class SurfaceDistances {
    private final double[] fromPrediction;
    private final double[] fromTruth;

    private SurfaceDistances(double[] fromPrediction, double[] fromTruth) {
        this.fromPrediction = fromPrediction;
        this.fromTruth = fromTruth;
        Arrays.sort(fromPrediction);
        Arrays.sort(fromTruth);
    }

    /**
     * Measures one label of a pair of label maps.
     *
     * @param prediction classes as unsigned bytes, last axis fastest
     * @param truth classes as unsigned bytes on the same grid
     * @param label the class to measure, 0 to 255
     * @param shape the grid
     * @param spacing mm per voxel along each of the three axes; 1, 1, 1 measures in voxels
     */
    public static SurfaceDistances between(
            byte[] prediction, byte[] truth, int label, Shape3 shape, double... spacing) {
        if (prediction.length != shape.voxels() || truth.length != shape.voxels()) {
            throw new IllegalArgumentException(
                    prediction.length + " and " + truth.length + " labels for a grid of " + shape);
        }
        if (spacing.length != 3 || Arrays.stream(spacing).anyMatch(s -> !(s > 0 && s < Double.POSITIVE_INFINITY))) {
            throw new IllegalArgumentException(
                    "spacing must be three positive numbers, not " + Arrays.toString(spacing));
        }
        return StructureBox.around((byte) label, shape, prediction, truth)
                .map(box -> between(box.surface(prediction), box.surface(truth), box.shape(), spacing))
                .orElseGet(() -> new SurfaceDistances(new double[0], new double[0]));
    }

    private static SurfaceDistances between(boolean[] prediction, boolean[] truth, Shape3 shape, double[] spacing) {
        return new SurfaceDistances(
                distances(prediction, DistanceTransform.toNearest(truth, shape, spacing)),
                distances(truth, DistanceTransform.toNearest(prediction, shape, spacing)));
    }

    private static double[] distances(boolean[] surface, double[] toOther) {
        double[] distances = new double[toOther.length];
        int count = 0;
        for (int n = 0; n < surface.length; n++) {
            if (surface[n]) {
                distances[count++] = toOther[n];
            }
        }
        return Arrays.copyOf(distances, count);
    }

    /** The Hausdorff distance: the largest distance of both directions; infinite if one structure is empty. */
    public double hausdorff() {
        if (isOneEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.max(percentile(fromPrediction, 100), percentile(fromTruth, 100));
    }

    /**
     * The Hausdorff distance of a percentile: the larger of the two directions' percentiles, each interpolated linearly
     * between ranks. NaN if one structure is empty, as in MONAI, so that means leave a missed structure out.
     *
     * @param percentile 0 to 100; 95 for the usual HD95
     */
    public double hausdorff(double percentile) {
        return Math.max(hausdorffFromPrediction(percentile), hausdorffFromTruth(percentile));
    }

    /** The percentile of the distances from the prediction's surface to the truth's; NaN if one is empty. */
    public double hausdorffFromPrediction(double percentile) {
        return isOneEmpty() ? Double.NaN : percentile(fromPrediction, percentile);
    }

    /** The percentile of the distances from the truth's surface to the prediction's; NaN if one is empty. */
    public double hausdorffFromTruth(double percentile) {
        return isOneEmpty() ? Double.NaN : percentile(fromTruth, percentile);
    }

    /**
     * Surface Dice (NSD): the part of both surfaces that lies within a tolerance of the other; 0 if one structure is
     * empty. Compared in float32, so that three steps of 0.1 mm lie within 0.3 mm.
     *
     * @param tolerance mm, 0 or more
     */
    public double surfaceDice(double tolerance) {
        if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a tolerance is 0 mm or more, not " + tolerance);
        }
        double within = countWithin(fromPrediction, tolerance) + countWithin(fromTruth, tolerance);
        return within / (fromPrediction.length + fromTruth.length);
    }

    /**
     * The symmetric mean surface distance: the mean of the distances of both directions together; infinite if one
     * structure is empty.
     */
    public double mean() {
        double sum =
                Arrays.stream(fromPrediction).sum() + Arrays.stream(fromTruth).sum();
        return sum / (fromPrediction.length + fromTruth.length);
    }

    private boolean isOneEmpty() {
        return (fromPrediction.length == 0) != (fromTruth.length == 0);
    }

    private static long countWithin(double[] distances, double tolerance) {
        return Arrays.stream(distances)
                .filter(d -> (float) d <= (float) tolerance)
                .count();
    }

    private static double percentile(double[] sorted, double percentile) {
        if (!(percentile >= 0 && percentile <= 100)) {
            throw new IllegalArgumentException("a percentile lies between 0 and 100, not at " + percentile);
        }
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double rank = percentile / 100 * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
