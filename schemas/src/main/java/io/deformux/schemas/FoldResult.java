package io.deformux.schemas;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came of one fold.
 *
 * @param fold which fold, counted from 0
 * @param dice one entry per label, background left out, of the best iteration
 * @param meanDice the score by which the best iteration was chosen, 0 to 1
 * @param bestIteration the iteration whose weights are kept
 * @param iterations how many were done
 * @param model the fold's model package
 * @param datasetSha256 the digest of the data set that was trained with
 * @param seeds what was random, as {@code training}, and its seed
 * @param durationMs time spent on the fold in ms, over all attempts
 * @param measured what it cost and how good it is on each case, for a comparison; absent otherwise
 */
public record FoldResult(
        int fold,
        List<LabelDice> dice,
        double meanDice,
        int bestIteration,
        int iterations,
        StoredModel model,
        String datasetSha256,
        Map<String, Long> seeds,
        long durationMs,
        Optional<FoldMeasurement> measured) {
    /** A result; the collections are copied. */
    public FoldResult {
        dice = List.copyOf(dice);
        seeds = Collections.unmodifiableMap(new TreeMap<>(seeds));
        Objects.requireNonNull(measured, "measured");
    }

    /** Of a fold that no comparison asked for. */
    public FoldResult(
            int fold,
            List<LabelDice> dice,
            double meanDice,
            int bestIteration,
            int iterations,
            StoredModel model,
            String datasetSha256,
            Map<String, Long> seeds,
            long durationMs) {
        this(
                fold,
                dice,
                meanDice,
                bestIteration,
                iterations,
                model,
                datasetSha256,
                seeds,
                durationMs,
                Optional.empty());
    }
}
