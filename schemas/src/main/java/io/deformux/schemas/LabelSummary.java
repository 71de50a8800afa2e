package io.deformux.schemas;

import java.util.Objects;
import java.util.Optional;

/**
 * The Dice coefficient of one label or region over the folds, which its name stands for.
 *
 * @param value the label's value; where regions were learned, the place of one among them, from 1
 * @param name its name
 * @param folds how many folds have a score for it
 * @param mean the mean of those, 0 to 1; absent if there is none
 * @param sd their sample standard deviation (n - 1); absent with fewer than two
 */
public record LabelSummary(int value, String name, int folds, Optional<Double> mean, Optional<Double> sd) {
    /** A summary; the numbers may be empty but not {@code null}. */
    public LabelSummary {
        Objects.requireNonNull(mean, "mean");
        Objects.requireNonNull(sd, "sd");
    }
}
