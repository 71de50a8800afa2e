package io.deformux.worker.train.job;

import io.deformux.evaluation.Dice;
import io.deformux.evaluation.StructureScore;
import io.deformux.transform.LabelRegion;
import io.deformux.transform.LabelRule;
import io.deformux.volume.Shape3;
import java.util.ArrayList;
import java.util.List;

/**
 * What of label maps is scored: each label, or each region where a network has learned these.
 *
 * @param regions none where labels are scored
 */
public record RegionTargets(List<LabelRegion> regions) {

    /** Keeps a copy. */
    public RegionTargets {
        regions = List.copyOf(regions);
    }

    /** How outputs become labels. */
    public LabelRule rule() {
        return new LabelRule(regions.stream().map(LabelRegion::value).toList());
    }

    /** The reference's Dice of the background, and then of each label or region. */
    double[] dice(byte[] predicted, byte[] truth, int classes) {
        if (regions.isEmpty()) {
            return Dice.REFERENCE.perClass(predicted, truth, classes);
        }
        double[] dice = new double[regions.size() + 1];
        dice[0] = Dice.REFERENCE.perClass(foreground(predicted), foreground(truth), 2)[0];
        for (int n = 0; n < regions.size(); n++) {
            LabelRegion region = regions.get(n);
            dice[n + 1] = Dice.REFERENCE.perClass(region.mask(predicted), region.mask(truth), 2)[1];
        }
        return dice;
    }

    private static byte[] foreground(byte[] of) {
        byte[] mask = new byte[of.length];
        for (int n = 0; n < mask.length; n++) {
            mask[n] = (byte) (of[n] == 0 ? 0 : 1);
        }
        return mask;
    }

    /** The scores of each label above 0, or of each region; parameters as {@link StructureScore#perLabel} has them. */
    public List<StructureScore> scores(
            byte[] predicted, byte[] truth, int classes, Shape3 shape, double[] spacing, double toleranceMm) {
        if (regions.isEmpty()) {
            return StructureScore.perLabel(predicted, truth, classes, shape, spacing, toleranceMm);
        }
        List<StructureScore> scores = new ArrayList<>();
        for (LabelRegion region : regions) {
            scores.addAll(StructureScore.perLabel(
                    region.mask(predicted), region.mask(truth), 2, shape, spacing, toleranceMm));
        }
        return scores;
    }
}
