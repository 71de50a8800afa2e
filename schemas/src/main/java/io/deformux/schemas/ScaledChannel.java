package io.deformux.schemas;

import java.util.Objects;
import java.util.Optional;

/**
 * How one of the images that a network sees is scaled.
 *
 * @param channel what the model calls the image
 * @param method how
 * @param low the lower end in the unit of the scan (HU for CT), of percentiles the percentile; absent for z-score
 * @param high the upper end, likewise
 * @param mean of clipped-score the intensity that becomes 0
 * @param deviation of clipped-score how much above it becomes 1
 */
public record ScaledChannel(
        String channel,
        IntensityMethod method,
        Optional<Double> low,
        Optional<Double> high,
        Optional<Double> mean,
        Optional<Double> deviation) {
    /** Numbers may be empty but not {@code null}. */
    public ScaledChannel {
        Objects.requireNonNull(low, "low");
        Objects.requireNonNull(high, "high");
        Objects.requireNonNull(mean, "mean");
        Objects.requireNonNull(deviation, "deviation");
    }

    /** Of a method that has no numbers. */
    public ScaledChannel(String channel, IntensityMethod method) {
        this(channel, method, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Of a method that has two ends. */
    public ScaledChannel(String channel, IntensityMethod method, double low, double high) {
        this(channel, method, Optional.of(low), Optional.of(high), Optional.empty(), Optional.empty());
    }
}
