package io.deformux.schemas;

/**
 * One network of a published model.
 *
 * @param fold its fold, counted from 0
 * @param meanDice its score on the scans that it had not seen, 0 to 1
 * @param bestIteration the iteration whose weights are kept
 * @param iterations how many were done
 * @param durationMs time spent on the fold in ms, over all attempts
 */
public record PublishedFold(int fold, double meanDice, int bestIteration, int iterations, long durationMs) {
    /** What a publication keeps of a fold. */
    public static PublishedFold of(FoldResult fold) {
        return new PublishedFold(
                fold.fold(), fold.meanDice(), fold.bestIteration(), fold.iterations(), fold.durationMs());
    }
}
