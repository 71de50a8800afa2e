package io.deformux.worker.infer.scan;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.volume.AlignedVolume;
import io.deformux.volume.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Another image of a scan on the grid of the first one, and what is odd about that.
 *
 * @param volume its values on the first one's grid
 * @param warnings what was done to it
 */
public record ChannelAlignment(Volume volume, List<Warning> warnings) {

    /**
     * Aligns a channel.
     *
     * @param name what the model calls it
     * @throws JobException {@code INPUT_CHANNELS_APART} if the two have no place in common
     */
    public static ChannelAlignment of(String name, Volume first, Volume other) {
        String words = "the channel " + name + " " + AlignedVolume.words(first.geometry(), other.geometry());
        AlignedVolume aligned = AlignedVolume.of(first, other)
                .orElseThrow(() -> new JobException(
                        FailureCode.INPUT_CHANNELS_APART,
                        words + ": they have no place in common. Give images of one examination in one frame of"
                                + " reference."));
        List<Warning> warnings = new ArrayList<>();
        if (aligned.resampled()) {
            warnings.add(
                    new Warning(WarningCode.CHANNEL_RESAMPLED, words + ": it was resampled to the first one's grid"));
        }
        if (aligned.covered() < 1) {
            warnings.add(new Warning(
                    WarningCode.CHANNEL_COVERS_PART,
                    String.format(
                            Locale.ROOT,
                            "the channel %s covers %.0f %% of the scan's first: beyond it the values of its border were"
                                    + " taken",
                            name,
                            100 * aligned.covered())));
        }
        return new ChannelAlignment(aligned.volume(), warnings);
    }
}
