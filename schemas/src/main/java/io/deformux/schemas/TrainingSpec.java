package io.deformux.schemas;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * What to train and how. It leaves nothing to a worker's defaults, so that every worker trains the same.
 *
 * @param dataset the folder of the data set
 * @param preprocessing how its scans are prepared
 * @param split its folds
 * @param architecture the kind of network and its settings
 * @param settings how a fold is trained
 * @param seed from which everything random of all folds derives
 * @param initialWeights weights to start from; absent: random ones
 */
public record TrainingSpec(
        URI dataset,
        PreprocessingSpec preprocessing,
        Split split,
        ArchitectureSpec architecture,
        TrainingSettings settings,
        long seed,
        Optional<URI> initialWeights) {
    /** A specification; the initial weights may be empty but not {@code null}. */
    public TrainingSpec {
        Objects.requireNonNull(initialWeights, "initialWeights");
    }
}
