package io.deformux.schemas;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a published model is and what it was made of.
 *
 * @param architecture the kind of network, as {@code deform-uxnet}
 * @param parameters how many learned values one of its networks has
 * @param spacingMm the voxel spacing in mm that scans are resampled to, per axis as stored; absent: the scan keeps its own
 * @param intensities how each image that the network sees is scaled, in its order
 * @param dataset what the data set's folder is called; absent where that is not known
 * @param datasetSha256 the digest of the data set
 * @param folds one entry per network, in ascending order
 * @param software what trained it, with its version; absent where that is not known
 */
public record ModelProvenance(
        String architecture,
        long parameters,
        Optional<List<Double>> spacingMm,
        List<ScaledChannel> intensities,
        Optional<String> dataset,
        String datasetSha256,
        List<PublishedFold> folds,
        Optional<String> software) {
    /** Copies the lists. */
    public ModelProvenance {
        spacingMm = spacingMm.map(List::copyOf);
        intensities = List.copyOf(intensities);
        Objects.requireNonNull(dataset, "dataset");
        folds = List.copyOf(folds);
        Objects.requireNonNull(software, "software");
    }
}
