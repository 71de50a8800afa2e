package io.deformux.schemas;

import java.net.URI;
import java.util.List;

/**
 * A network of a comparison whose training is done.
 *
 * @param name what the comparison calls it
 * @param architecture its kind, as {@code ux-net}
 * @param trainingId its training
 * @param folds what was measured of each fold, in ascending order
 * @param model the published model
 * @param modelUri its folder
 */
public record TrainedNetwork(
        String name,
        String architecture,
        String trainingId,
        List<FoldMeasurement> folds,
        ModelVersion model,
        URI modelUri) {
    /** A network; the list is copied. */
    public TrainedNetwork {
        folds = List.copyOf(folds);
    }
}
