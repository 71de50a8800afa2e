package io.deformux.schemas;

import java.util.Objects;
import java.util.Optional;

/**
 * How the intensities of one image of a scan are scaled.
 *
 * @param name the channel's name in the data set
 * @param windowLow the intensity that becomes 0, in the unit of the image (HU for CT); of percentiles the percentile; of
 *     z-score of no meaning
 * @param windowHigh the intensity that becomes 1, likewise; above {@code windowLow}
 * @param intensity the way; absent: by the window
 * @param score of clipped-score, which alone has one
 */
public record ChannelIntensity(
        String name,
        double windowLow,
        double windowHigh,
        Optional<IntensityMethod> intensity,
        Optional<IntensityScore> score) {
    /** Values; the optional ones may be empty but not {@code null}. */
    public ChannelIntensity {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(intensity, "intensity");
        Objects.requireNonNull(score, "score");
    }
}
