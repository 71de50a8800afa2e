package io.deformux.standalone.option;

import io.deformux.schemas.ChannelIntensity;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.IntensityScore;
import io.deformux.transform.ClippedScore;
import io.deformux.transform.Intensity;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Percentiles;
import io.deformux.transform.WholeScore;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/** How a channel's intensities are scaled, as events say it. */
final class ChannelIntensities {
    /** Why nothing is trained so. */
    static final String NOT_TRAINED = IntensityConverter.WITH_ZEROS
            + " is of imported models alone: train with z-score, whose mean and deviation leave zeros out";

    private ChannelIntensities() {}

    /** That of a channel; throws {@link TypeConversionException} for what nothing is trained with. */
    static ChannelIntensity of(String channel, Intensity intensity) {
        if (intensity instanceof IntensityWindow window) {
            return ranged(channel, window.lo(), window.hi(), IntensityMethod.WINDOW);
        }
        if (intensity instanceof Percentiles percentiles) {
            return ranged(channel, percentiles.low(), percentiles.high(), IntensityMethod.PERCENTILES);
        }
        if (intensity instanceof ClippedScore score) {
            return new ChannelIntensity(
                    channel,
                    score.lo(),
                    score.hi(),
                    Optional.of(IntensityMethod.CLIPPED_SCORE),
                    Optional.of(new IntensityScore(score.mean(), score.deviation())));
        }
        if (intensity instanceof WholeScore) {
            throw new TypeConversionException(NOT_TRAINED);
        }
        return ranged(channel, 0, 1, IntensityMethod.Z_SCORE);
    }

    private static ChannelIntensity ranged(String channel, double low, double high, IntensityMethod method) {
        return new ChannelIntensity(channel, low, high, Optional.of(method), Optional.empty());
    }
}
