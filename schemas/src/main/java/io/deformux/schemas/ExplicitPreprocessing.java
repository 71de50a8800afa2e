package io.deformux.schemas;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Preprocessing by its values.
 *
 * @param spacingMm voxel spacing in mm to resample to, per axis as stored; absent: the scan keeps its own
 * @param windowLow the intensity that becomes 0, in the unit of the scan (HU for CT); of percentiles the percentile; of
 *     z-score of no meaning
 * @param windowHigh the intensity that becomes 1, likewise; above {@code windowLow}
 * @param labels the label names, index = label value, the background first; absent: the data set's own
 * @param intensity how intensities are scaled; absent: by the window
 */
public record ExplicitPreprocessing(
        Optional<List<Double>> spacingMm,
        double windowLow,
        double windowHigh,
        Optional<List<String>> labels,
        Optional<IntensityMethod> intensity) {
    /** Values; the lists are copied, and may be empty but not {@code null}. */
    public ExplicitPreprocessing {
        spacingMm = spacingMm.map(List::copyOf);
        labels = labels.map(List::copyOf);
        Objects.requireNonNull(intensity, "intensity");
    }

    /** Values with a window in the unit of the scan. */
    public ExplicitPreprocessing(
            Optional<List<Double>> spacingMm, double windowLow, double windowHigh, Optional<List<String>> labels) {
        this(spacingMm, windowLow, windowHigh, labels, Optional.empty());
    }
}
