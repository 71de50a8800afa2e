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
 * @param score of clipped-score, which alone has one
 * @param planned what in the data set these values, the crops and the batch were derived from, in words; absent where a
 *     person has chosen them
 * @param channels the images of a scan that are scaled in another way than these values say; absent: none
 */
public record ExplicitPreprocessing(
        Optional<List<Double>> spacingMm,
        double windowLow,
        double windowHigh,
        Optional<List<String>> labels,
        Optional<IntensityMethod> intensity,
        Optional<IntensityScore> score,
        Optional<List<String>> planned,
        Optional<List<ChannelIntensity>> channels) {
    /** Values; the lists are copied, and may be empty but not {@code null}. */
    public ExplicitPreprocessing {
        spacingMm = spacingMm.map(List::copyOf);
        labels = labels.map(List::copyOf);
        Objects.requireNonNull(intensity, "intensity");
        Objects.requireNonNull(score, "score");
        planned = planned.map(List::copyOf);
        channels = channels.map(List::copyOf);
    }

    /** How a channel of that name is scaled: as {@link #channels} says, else as the others are. */
    public ChannelIntensity channel(String name) {
        return channels.orElse(List.of()).stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .orElse(new ChannelIntensity(name, windowLow, windowHigh, intensity, score));
    }

    /** Values that a person has chosen. */
    public ExplicitPreprocessing(
            Optional<List<Double>> spacingMm,
            double windowLow,
            double windowHigh,
            Optional<List<String>> labels,
            Optional<IntensityMethod> intensity) {
        this(spacingMm, windowLow, windowHigh, labels, intensity, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Values with a window in the unit of the scan. */
    public ExplicitPreprocessing(
            Optional<List<Double>> spacingMm, double windowLow, double windowHigh, Optional<List<String>> labels) {
        this(spacingMm, windowLow, windowHigh, labels, Optional.empty());
    }
}
