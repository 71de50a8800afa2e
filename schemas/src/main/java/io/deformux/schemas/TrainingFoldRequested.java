package io.deformux.schemas;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * A request: train this one fold. Made of a {@link TrainingRequested}.
 *
 * @param trainingId the training
 * @param fold which fold, counted from 0
 * @param training what to train and how
 * @param modelName the name of the model to be
 * @param output the folder for checkpoints, curves and the fold's model, the same for all folds of a training
 * @param comparisonId the comparison that the training is a part of; then the fold is measured too. Absent for others
 */
public record TrainingFoldRequested(
        String trainingId, int fold, TrainingSpec training, String modelName, URI output, Optional<String> comparisonId)
        implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.training.fold.requested.v2";

    /** A request; the comparison may be empty but not {@code null}. */
    public TrainingFoldRequested {
        Objects.requireNonNull(comparisonId, "comparisonId");
    }

    /** A fold of a training that stands for itself. */
    public TrainingFoldRequested(String trainingId, int fold, TrainingSpec training, String modelName, URI output) {
        this(trainingId, fold, training, modelName, output, Optional.empty());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return Topics.TRAINING_FOLD_REQUESTED;
    }

    /** The fold as a job: its key on the topic, and its job id in progress events and output names. */
    @Override
    public String key() {
        return trainingId + "-fold-" + fold;
    }
}
