package io.deformux.evaluation;

import io.deformux.volume.Shape3;
import java.util.ArrayList;
import java.util.List;

/**
 * How well one structure of one case was found, where a miss counts: a structure that only the prediction or only the truth
 * has is a Dice and an NSD of 0 and an infinite distance; one that neither has is not scored (NaN).
 *
 * @param dice 0 to 1
 * @param hausdorff95 the 95th percentile form, mm
 * @param surfaceDice NSD, 0 to 1
 */
public record StructureScore(double dice, double hausdorff95, double surfaceDice) {
    private static final StructureScore NOTHING = new StructureScore(Double.NaN, Double.NaN, Double.NaN);
    private static final StructureScore MISSED = new StructureScore(0, Double.POSITIVE_INFINITY, 0);

    /**
     * Scores every class but the background.
     *
     * @param prediction classes as unsigned bytes, last axis fastest
     * @param truth classes as unsigned bytes on the same grid
     * @param classes the number of classes, background included
     * @param shape the grid
     * @param spacing mm per voxel along each of the three axes
     * @param tolerance of the surface Dice, mm
     * @return the scores of the classes 1 to {@code classes - 1}
     */
    public static List<StructureScore> perLabel(
            byte[] prediction, byte[] truth, int classes, Shape3 shape, double[] spacing, double tolerance) {
        double[] dice = new Dice(true, false).perClass(prediction, truth, classes);
        boolean[] predicted = present(prediction);
        boolean[] real = present(truth);
        List<StructureScore> scores = new ArrayList<>();
        for (int label = 1; label < classes; label++) {
            if (!predicted[label] && !real[label]) {
                scores.add(NOTHING);
            } else if (!predicted[label] || !real[label]) {
                scores.add(MISSED);
            } else {
                SurfaceDistances surfaces = SurfaceDistances.between(prediction, truth, label, shape, spacing);
                scores.add(new StructureScore(dice[label], surfaces.hausdorff(95), surfaces.surfaceDice(tolerance)));
            }
        }
        return scores;
    }

    /** Whether only one of prediction and truth has the structure. */
    public boolean missed() {
        return Double.isInfinite(hausdorff95);
    }

    private static boolean[] present(byte[] labels) {
        boolean[] present = new boolean[256];
        for (byte label : labels) {
            present[label & 0xff] = true;
        }
        return present;
    }
}
