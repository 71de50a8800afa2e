package io.deformux.worker.train.plan;

import io.deformux.schemas.FoldResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one training.
 *
 * @param requestSha256 the digest of its request
 * @param modelName the name of the model to publish
 * @param folds the folds that were asked for, in ascending order
 * @param completed the results that are there, in ascending order of the folds
 * @param phase where it is
 * @param requestedAtMs when the request was taken, ms since 1970-01-01 UTC
 * @param changedAtMs when this last changed
 * @param comparisonId the comparison that it is a part of
 */
record TrainingState(
        String requestSha256,
        String modelName,
        List<Integer> folds,
        List<FoldResult> completed,
        Phase phase,
        long requestedAtMs,
        long changedAtMs,
        Optional<String> comparisonId)
        implements Tracked<TrainingState> {

    /** Where a training is. */
    enum Phase {
        /** Its folds are on their way. */
        TRAINING,
        /** All folds are there; a worker is to publish their ensemble. */
        PUBLISHING,
        /** Its outcome is published. */
        ENDED
    }

    TrainingState {
        folds = List.copyOf(folds);
        completed = List.copyOf(completed);
    }

    /** Whether a result of that fold is still waited for. */
    boolean awaits(int fold) {
        return phase == Phase.TRAINING
                && folds.contains(fold)
                && completed.stream().noneMatch(result -> result.fold() == fold);
    }

    /** With one fold more, and in the next phase if it was the last. */
    TrainingState with(FoldResult result, long nowMs) {
        List<FoldResult> more = new ArrayList<>(completed);
        more.add(result);
        more.sort(Comparator.comparingInt(FoldResult::fold));
        Phase next = more.size() == folds.size() ? Phase.PUBLISHING : Phase.TRAINING;
        return new TrainingState(requestSha256, modelName, folds, more, next, requestedAtMs, nowMs, comparisonId);
    }

    @Override
    public String phaseName() {
        return phase.name();
    }

    @Override
    public TrainingState ended(long nowMs) {
        return new TrainingState(
                requestSha256, modelName, List.of(), List.of(), Phase.ENDED, requestedAtMs, nowMs, comparisonId);
    }
}
