package io.deformux.worker.train.job;

import java.nio.file.Path;
import java.util.List;

/**
 * A trained fold.
 *
 * @param fold its number
 * @param best the validation of the weights that were kept
 * @param validations all validations
 * @param losses the loss of every step
 * @param weights the archive of the best weights, in the fold's folder, where another worker could take it away; the
 *     name is made of its digest, so that a file of that name always has these bytes
 * @param sha256 the digest of the archive, whose bytes need not be read again
 * @param times where the time of this run went; what an earlier run did before it was interrupted is not in it
 * @param seconds spent in the steps, over all runs; what a run lost that was killed is not in it
 */
public record TrainedFold(
        int fold,
        ValidationScore best,
        List<ValidationScore> validations,
        List<Double> losses,
        Path weights,
        String sha256,
        StepTimes times,
        double seconds) {

    /** Keeps copies. */
    public TrainedFold {
        validations = List.copyOf(validations);
        losses = List.copyOf(losses);
    }
}
