package io.deformux.schemas;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A result: every fold of a training is trained, and their ensemble is published.
 *
 * @param trainingId the training
 * @param requestSha256 the digest of its request: SHA-256 of the request's data as this contract writes it
 * @param folds one result per trained fold, in ascending order
 * @param dice one entry per label, background left out: mean and standard deviation over the folds
 * @param meanDice the mean of the folds' own mean Dice
 * @param sdDice their sample standard deviation (n - 1); absent with fewer than two folds
 * @param model the published model; the digest is that of its manifest, which covers its weights
 * @param modelUri the folder of the published model
 * @param durationMs from the request to the publication in ms
 * @param comparisonId the comparison that it is a part of; absent for a training that stands for itself
 */
public record TrainingCompleted(
        String trainingId,
        String requestSha256,
        List<FoldResult> folds,
        List<LabelSummary> dice,
        double meanDice,
        Optional<Double> sdDice,
        ModelVersion model,
        URI modelUri,
        long durationMs,
        Optional<String> comparisonId)
        implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.training.completed.v1";

    /** A result; the lists are copied. */
    public TrainingCompleted {
        folds = List.copyOf(folds);
        dice = List.copyOf(dice);
        Objects.requireNonNull(comparisonId, "comparisonId");
    }

    /** Of a training that stands for itself. */
    public TrainingCompleted(
            String trainingId,
            String requestSha256,
            List<FoldResult> folds,
            List<LabelSummary> dice,
            double meanDice,
            Optional<Double> sdDice,
            ModelVersion model,
            URI modelUri,
            long durationMs) {
        this(trainingId, requestSha256, folds, dice, meanDice, sdDice, model, modelUri, durationMs, Optional.empty());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return Topics.TRAINING_RESULT;
    }

    @Override
    public String key() {
        return trainingId;
    }

    /** Training, request and model, whose digest covers its folds; not how long it took. */
    @Override
    public String identity() {
        return Identity.of(trainingId, requestSha256, model, modelUri);
    }
}
