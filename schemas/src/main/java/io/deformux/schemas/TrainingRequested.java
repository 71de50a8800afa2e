package io.deformux.schemas;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * A request: train these folds and publish their ensemble as a model.
 *
 * <p>A request that comes again changes nothing. Another request under the same training id is refused with a
 * {@link TrainingFailed} that has that request's own digest.
 *
 * <p>Version 1, which spoke of DeformUX-Net alone, is read as this too.
 *
 * @param trainingId the training; letters, digits, dot, underscore and hyphen, since it becomes part of output names
 * @param training what to train and how
 * @param modelName the name of the model to publish; its version is new and newer than those before
 * @param output the folder (file system, bucket prefix) for checkpoints, curves and the folds' models
 * @param comparisonId the comparison that it is a part of; absent for a training that stands for itself
 */
public record TrainingRequested(
        String trainingId, TrainingSpec training, String modelName, URI output, Optional<String> comparisonId)
        implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.training.requested.v2";

    /** A request; the comparison may be empty but not {@code null}. */
    public TrainingRequested {
        Objects.requireNonNull(comparisonId, "comparisonId");
    }

    /** A training that stands for itself. */
    public TrainingRequested(String trainingId, TrainingSpec training, String modelName, URI output) {
        this(trainingId, training, modelName, output, Optional.empty());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return Topics.TRAINING_REQUESTED;
    }

    @Override
    public String key() {
        return trainingId;
    }
}
