package io.deformux.schemas;

import java.net.URI;
import java.util.Optional;

/**
 * What all networks of a comparison have in common. It leaves nothing to a worker's defaults.
 *
 * @param dataset the folder of the data set
 * @param preprocessing how its scans are prepared
 * @param split its folds
 * @param settings how a fold is trained
 * @param seed from which everything random of all folds derives
 */
public record ComparisonSpec(
        URI dataset, PreprocessingSpec preprocessing, Split split, TrainingSettings settings, long seed) {

    /** The training of one of the networks. */
    public TrainingSpec of(ArchitectureSpec architecture) {
        return new TrainingSpec(dataset, preprocessing, split, architecture, settings, seed, Optional.empty());
    }
}
