package io.deformux.worker.train.job;

import java.util.List;

/**
 * How good the network was at a validation, in the preprocessed space, the background included.
 *
 * @param iteration after how many steps
 * @param mean the number that the best weights are kept by: the mean of running means over the cases, as the reference
 *     computes it
 * @param dicePerLabel the mean Dice per class over the cases that have it; NaN for a class that none has
 */
public record ValidationScore(int iteration, double mean, List<Double> dicePerLabel) {

    /** Keeps a copy. */
    public ValidationScore {
        dicePerLabel = List.copyOf(dicePerLabel);
    }

    /** The mean over all classes but the background that a case has; NaN if there is none. */
    public double foreground() {
        return dicePerLabel.stream()
                .skip(1)
                .mapToDouble(d -> d)
                .filter(dice -> !Double.isNaN(dice))
                .average()
                .orElse(Double.NaN);
    }
}
