package io.deformux.evaluation;

import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.util.ArrayList;
import java.util.List;

/**
 * How well one label of a prediction fits the truth. Where the truth is empty, Dice is NaN; the surface measures follow
 * {@link SurfaceDistances}.
 *
 * @param label the class, 1 or above
 * @param truthVoxels its voxels in the truth
 * @param predictionVoxels its voxels in the prediction
 * @param dice 0 to 1
 * @param hausdorff mm
 * @param hausdorff95 the 95th percentile form, mm
 * @param surfaceDice 0 to 1 at the tolerance given
 * @param meanSurfaceDistance mm
 */
public record LabelScore(
        int label,
        long truthVoxels,
        long predictionVoxels,
        double dice,
        double hausdorff,
        double hausdorff95,
        double surfaceDice,
        double meanSurfaceDistance) {

    private static final double SAME_PLACE_MM = 1e-2;

    /**
     * Scores every class but the background.
     *
     * @param prediction what a model gave
     * @param truth what it should have given
     * @param classes the number of classes, background included
     * @param tolerance of the surface Dice, mm
     * @return the scores of the classes 1 to {@code classes - 1}
     * @throws IllegalArgumentException if the grids differ in shape or by more than 0.01 mm at a corner, or a label is
     *     not below {@code classes}
     */
    public static List<LabelScore> perLabel(LabelMap prediction, LabelMap truth, int classes, double tolerance) {
        requireSameGrid(prediction.geometry(), truth.geometry());
        Shape3 shape = truth.geometry().shape();
        double[] spacing = truth.geometry().affine().spacing();
        double[] dice = new Dice(true, true).perClass(prediction.labels(), truth.labels(), classes);
        long[] truthVoxels = truth.counts();
        long[] predictionVoxels = prediction.counts();
        List<LabelScore> scores = new ArrayList<>();
        for (int label = 1; label < classes; label++) {
            SurfaceDistances surfaces =
                    SurfaceDistances.between(prediction.labels(), truth.labels(), label, shape, spacing);
            scores.add(new LabelScore(
                    label,
                    truthVoxels[label],
                    predictionVoxels[label],
                    dice[label],
                    surfaces.hausdorff(),
                    surfaces.hausdorff(95),
                    surfaces.surfaceDice(tolerance),
                    surfaces.mean()));
        }
        return scores;
    }

    private static void requireSameGrid(Geometry prediction, Geometry truth) {
        Shape3 shape = truth.shape();
        if (!prediction.shape().equals(shape)) {
            throw new IllegalArgumentException(
                    "the prediction has " + prediction.shape() + " voxels, the truth " + shape);
        }
        for (int corner = 0; corner < 8; corner++) {
            double i = (corner & 1) * (shape.d() - 1);
            double j = (corner >> 1 & 1) * (shape.h() - 1);
            double k = (corner >> 2 & 1) * (shape.w() - 1);
            double[] p = prediction.affine().apply(i, j, k);
            double[] t = truth.affine().apply(i, j, k);
            if (Math.hypot(Math.hypot(p[0] - t[0], p[1] - t[1]), p[2] - t[2]) > SAME_PLACE_MM) {
                throw new IllegalArgumentException(
                        "prediction and truth lie in different places; resample the prediction to the truth's grid");
            }
        }
    }
}
