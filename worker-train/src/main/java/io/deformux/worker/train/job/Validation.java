package io.deformux.worker.train.job;

import io.deformux.evaluation.Dice;
import io.deformux.evaluation.ScoreTable;
import io.deformux.inference.SlidingWindow;
import io.deformux.inference.SlidingWindowSettings;
import io.deformux.network.TrainableNetwork;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.preparation.PreparedCase;
import java.util.List;

/**
 * Segments the validation cases by sliding window and scores them as the reference does: constant blending, arg max, Dice
 * with the background, in the preprocessed space. One thread.
 */
final class Validation {
    private final List<PreparedCase> cases;
    private final SlidingWindowSettings window;
    private final Runnable owned;

    /** @param owned called between windows; what it throws ends the validation */
    Validation(List<PreparedCase> cases, Shape3 roi, double overlap, Runnable owned) {
        SlidingWindowSettings reference = SlidingWindowSettings.reference(roi);
        this.cases = List.copyOf(cases);
        this.owned = owned;
        this.window = new SlidingWindowSettings(
                roi,
                overlap,
                reference.blending(),
                reference.sigmaScale(),
                reference.windowBatch(),
                reference.skipEmptyWindows());
    }

    /** Scores a network; throws {@code JOB_CANCELLED} if the thread is interrupted. */
    ValidationScore score(TrainableNetwork network, int iteration) {
        ScoreTable table = new ScoreTable();
        int classes = network.config().outChannels();
        SlidingWindow sliding = new SlidingWindow(window, new ValidationPredictor(network));
        for (PreparedCase each : cases) {
            byte[] predicted = segment(sliding, each, classes);
            table.add(Dice.REFERENCE.perClass(predicted, each.labels(), classes));
        }
        List<Double> perLabel =
                table.perClass().stream().map(Validation::valueOrNaN).toList();
        return new ValidationScore(iteration, table.meanOfRunningMeans(), perLabel);
    }

    private static double valueOrNaN(ScoreTable.Aggregate mean) {
        return mean.counted() == 0 ? Double.NaN : mean.value();
    }

    private byte[] segment(SlidingWindow sliding, PreparedCase each, int classes) {
        Shape3 shape = each.shape();
        int plane = shape.h() * shape.w();
        byte[] labels = new byte[shape.length()];
        sliding.run(
                each.image(),
                shape,
                (i, logits) -> {
                    for (int n = 0; n < plane; n++) {
                        labels[i * plane + n] = (byte) largest(logits, n, plane, classes);
                    }
                },
                (done, total) -> owned.run());
        return labels;
    }

    /** The class with the largest logit, the first of equals. */
    private static int largest(float[] logits, int voxel, int plane, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (logits[c * plane + voxel] > logits[best * plane + voxel]) {
                best = c;
            }
        }
        return best;
    }
}
