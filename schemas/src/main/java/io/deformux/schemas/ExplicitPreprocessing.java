package io.deformux.schemas;

import java.util.List;
import java.util.Optional;

/**
 * Preprocessing by its values.
 *
 * @param spacingMm voxel spacing in mm to resample to, per axis as stored; absent: the scan keeps its own
 * @param windowLow the intensity that becomes 0, in the unit of the scan (HU for CT)
 * @param windowHigh the intensity that becomes 1; above {@code windowLow}
 * @param labels the label names, index = label value, the background first; absent: the data set's own
 */
public record ExplicitPreprocessing(
        Optional<List<Double>> spacingMm, double windowLow, double windowHigh, Optional<List<String>> labels) {
    /** Values; the lists are copied, and may be empty but not {@code null}. */
    public ExplicitPreprocessing {
        spacingMm = spacingMm.map(List::copyOf);
        labels = labels.map(List::copyOf);
    }
}
