package io.deformux.evaluation;

import io.deformux.volume.Geometry;
import io.deformux.volume.GridComparison;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.util.ArrayList;
import java.util.List;

/**
 * How well one label of a prediction fits the truth. A structure that one of the two lacks has Dice and surface Dice 0 and
 * lies infinitely far away; one that both lack has nothing to score, and every measure of it is NaN.
 *
 * @param label the class, 1 or above
 * @param truthVoxels its voxels in the truth
 * @param predictionVoxels its voxels in the prediction
 * @param commonVoxels its voxels that are the same in both
 * @param hausdorff mm
 * @param hausdorff95 the 95th percentile form, mm
 * @param surfaceDice 0 to 1 at the tolerance given
 * @param meanSurfaceDistance mm
 */
public record LabelScore(
        int label,
        long truthVoxels,
        long predictionVoxels,
        long commonVoxels,
        double hausdorff,
        double hausdorff95,
        double surfaceDice,
        double meanSurfaceDistance) {

    /** Where a structure is. */
    public enum Presence {
        /** In both. */
        FOUND,
        /** In the truth alone. */
        MISSED,
        /** In the prediction alone. */
        SPURIOUS,
        /** In neither: nothing to score. */
        ABSENT
    }

    /** The score of a label that neither side has. */
    public static LabelScore absent(int label) {
        return new LabelScore(label, 0, 0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * Scores every class but the background.
     *
     * @param prediction what a model gave
     * @param truth what it should have given
     * @param classes the number of classes, background included
     * @param tolerance of the surface Dice, mm
     * @return the scores of the classes 1 to {@code classes - 1}
     * @throws IllegalArgumentException if the grids differ, as {@link GridComparison} has it, or a label is not below
     *     {@code classes}
     */
    public static List<LabelScore> perLabel(LabelMap prediction, LabelMap truth, int classes, double tolerance) {
        requireSameGrid(prediction.geometry(), truth.geometry());
        long[] truthVoxels = truth.counts();
        long[] predictionVoxels = prediction.counts();
        long[] commonVoxels = common(prediction.labels(), truth.labels());
        for (int label = classes; label < truthVoxels.length; label++) {
            if (truthVoxels[label] + predictionVoxels[label] > 0) {
                throw new IllegalArgumentException("label " + label + " among " + classes + " classes");
            }
        }
        Shape3 shape = truth.geometry().shape();
        double[] spacing = truth.geometry().affine().spacing();
        List<LabelScore> scores = new ArrayList<>();
        for (int label = 1; label < classes; label++) {
            SurfaceDistances surfaces =
                    SurfaceDistances.between(prediction.labels(), truth.labels(), label, shape, spacing);
            boolean oneEmpty = (truthVoxels[label] == 0) != (predictionVoxels[label] == 0);
            scores.add(new LabelScore(
                    label,
                    truthVoxels[label],
                    predictionVoxels[label],
                    commonVoxels[label],
                    surfaces.hausdorff(),
                    oneEmpty ? Double.POSITIVE_INFINITY : surfaces.hausdorff(95),
                    surfaces.surfaceDice(tolerance),
                    surfaces.mean()));
        }
        return scores;
    }

    /** The Dice coefficient, 0 to 1: 2 |A and B| / (|A| + |B|); NaN if both are empty. */
    public double dice() {
        return 2.0 * commonVoxels / (predictionVoxels + truthVoxels);
    }

    /** Which sides have the structure. */
    public Presence presence() {
        if (truthVoxels == 0) {
            return predictionVoxels == 0 ? Presence.ABSENT : Presence.SPURIOUS;
        }
        return predictionVoxels == 0 ? Presence.MISSED : Presence.FOUND;
    }

    private static long[] common(byte[] prediction, byte[] truth) {
        long[] common = new long[256];
        for (int n = 0; n < truth.length; n++) {
            if (prediction[n] == truth[n]) {
                common[truth[n] & 0xff]++;
            }
        }
        return common;
    }

    private static void requireSameGrid(Geometry prediction, Geometry truth) {
        GridComparison grids = new GridComparison(truth, prediction);
        if (!grids.same()) {
            throw new IllegalArgumentException("the prediction has " + GridComparison.words(prediction)
                    + " and the truth " + GridComparison.words(truth) + grids.distance()
                    + ": resample the prediction to the truth's grid");
        }
    }
}
