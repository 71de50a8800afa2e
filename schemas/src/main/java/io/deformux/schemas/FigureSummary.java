package io.deformux.schemas;

import java.util.Objects;
import java.util.Optional;

/**
 * One figure over the cases.
 *
 * @param mean the mean; absent if no case has the figure
 * @param sd the sample standard deviation (n - 1); absent with fewer than two cases
 * @param cases how many cases the mean covers
 * @param missed structures that only the prediction or only the truth has. They count as 0 in Dice and NSD; they have no
 *     distance, so a mean distance is of the others alone
 */
public record FigureSummary(Optional<Double> mean, Optional<Double> sd, int cases, int missed) {
    /** A summary; the numbers may be empty but not {@code null}. */
    public FigureSummary {
        Objects.requireNonNull(mean, "mean");
        Objects.requireNonNull(sd, "sd");
    }
}
