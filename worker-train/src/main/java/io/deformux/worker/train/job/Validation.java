package io.deformux.worker.train.job;

import io.deformux.evaluation.ScoreTable;
import io.deformux.network.TrainableNetwork;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.preparation.LabelledVoxels;
import io.deformux.worker.train.preparation.PreparedCase;
import java.util.List;

/**
 * Segments the validation cases by sliding window and scores them as the reference does: arg max, Dice with the background,
 * in the preprocessed space, over the voxels that have a class. Regions are made labels first, and scored in these as
 * nnU-Net does. One thread.
 */
final class Validation {
    private final FoldData data;
    private final Shape3 roi;
    private final double overlap;
    private final Runnable owned;

    /** @param owned called between windows; what it throws ends the validation */
    Validation(FoldData data, Shape3 roi, double overlap, Runnable owned) {
        this.data = data;
        this.roi = roi;
        this.overlap = overlap;
        this.owned = owned;
    }

    /** Scores a network; throws {@code JOB_CANCELLED} if the thread is interrupted. */
    ValidationScore score(TrainableNetwork network, int iteration) {
        ScoreTable table = new ScoreTable();
        RegionTargets targets = new RegionTargets(data.regions());
        CaseSegmentation segmentation =
                new CaseSegmentation(roi, overlap, new ValidationPredictor(network), targets.rule(), owned);
        int classes = segmentation.targets();
        for (PreparedCase each : data.validation()) {
            byte[] truth = each.labels();
            table.add(targets.dice(
                    LabelledVoxels.only(segmentation.labels(each), truth, classes),
                    LabelledVoxels.only(truth, truth, classes),
                    classes));
        }
        List<Double> perLabel =
                table.perClass().stream().map(Validation::valueOrNaN).toList();
        return new ValidationScore(iteration, table.meanOfRunningMeans(), perLabel);
    }

    private static double valueOrNaN(ScoreTable.Aggregate mean) {
        return mean.counted() == 0 ? Double.NaN : mean.value();
    }
}
