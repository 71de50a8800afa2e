package io.deformux.schemas;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All folds of a training are there: their ensemble can be put together and published.
 *
 * @param trainingId the training
 * @param requestSha256 the digest of its request
 * @param model the name and version under which to publish; set once, so that a repeated publication is the same one
 * @param folds one result per trained fold, in ascending order
 * @param requestedAtMs when the request was taken, ms since 1970-01-01 UTC
 * @param comparisonId the comparison that it is a part of; absent for a training that stands for itself
 */
public record TrainingReady(
        String trainingId,
        String requestSha256,
        ModelTarget model,
        List<FoldResult> folds,
        long requestedAtMs,
        Optional<String> comparisonId)
        implements Publication {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.training.ready.v1";

    /** All folds; the list is copied. */
    public TrainingReady {
        folds = List.copyOf(folds);
        Objects.requireNonNull(comparisonId, "comparisonId");
    }

    /** A training that stands for itself. */
    public TrainingReady(
            String trainingId, String requestSha256, ModelTarget model, List<FoldResult> folds, long requestedAtMs) {
        this(trainingId, requestSha256, model, folds, requestedAtMs, Optional.empty());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String key() {
        return trainingId;
    }
}
