package io.deformux.worker.train.messaging;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.ChannelIntensity;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.IntensityScore;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.transform.ClippedScore;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.Intensity;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Percentiles;
import io.deformux.transform.Preset;
import io.deformux.transform.ZScore;
import io.deformux.worker.train.dataset.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a request wants scans prepared, which becomes a preset together with what the data set says.
 *
 * @param spec the request's words
 */
record WantedPreset(PreprocessingSpec spec) {
    private static final String PATH = "/training/preprocessing";
    private static final String EXPLICIT = PATH + "/explicit";

    /** Names of the labels where the data set has none. */
    List<String> labels() {
        return spec.explicit()
                .map(values -> values.labels().orElse(List.of("background", "foreground")))
                .orElseGet(() -> named().classes());
    }

    /**
     * The preset for a data set.
     *
     * @throws JobException EVENT_INVALID if the request does not fit it
     */
    Preset of(Dataset dataset) {
        Optional<ExplicitPreprocessing> explicit = spec.explicit();
        String name = explicit.isPresent() ? "own" : named().name();
        List<Double> spacing = explicit.isPresent() ? explicit.get().spacingMm().orElse(List.of()) : named().spacing();
        explicit.flatMap(ExplicitPreprocessing::channels).ifPresent(channels -> requireNamed(channels, dataset));
        List<ImageChannel> channels = new ArrayList<>();
        if (dataset.channelCount() == 1) {
            String said = dataset.channels().isEmpty()
                    ? ImageChannel.ONLY
                    : dataset.channels().get(0);
            channels.add(new ImageChannel(ImageChannel.ONLY, intensity(said)));
        } else {
            dataset.channels().forEach(channel -> channels.add(new ImageChannel(channel, ofSeveral(channel))));
        }
        return new Preset(name, spacing, channels, dataset.labels(), dataset.regions());
    }

    /** Beside others, an image of another kind than CT has found its way into many a data set of CT. */
    private Intensity ofSeveral(String channel) {
        Intensity intensity = intensity(channel);
        boolean named = spec.explicit().flatMap(ExplicitPreprocessing::channels).orElse(List.of()).stream()
                .anyMatch(each -> each.name().equals(channel));
        if (!named && intensity.inHounsfieldUnits() && !ImageChannel.isCt(channel)) {
            throw invalid(PATH + ": the channel " + channel + " would be scaled by a window in HU and is not called CT:"
                    + " say how with --channel-intensity NAME=z-score");
        }
        return intensity;
    }

    private static void requireNamed(List<ChannelIntensity> channels, Dataset dataset) {
        List<String> names = dataset.channels().isEmpty() ? List.of(ImageChannel.ONLY) : dataset.channels();
        for (int n = 0; n < channels.size(); n++) {
            if (!names.contains(channels.get(n).name())) {
                throw invalid(EXPLICIT + "/channels/" + n + ": the data set has no channel of that name, only "
                        + String.join(", ", names));
            }
        }
    }

    private Preset named() {
        return Preset.named(spec.preset().orElseThrow())
                .orElseThrow(() -> invalid(PATH + "/preset: there is no such preset, only "
                        + Preset.all().stream().map(Preset::name).toList()));
    }

    private Intensity intensity(String channel) {
        return spec.explicit().map(values -> intensity(values.channel(channel))).orElseGet(() -> named().intensity());
    }

    private static Intensity intensity(ChannelIntensity values) {
        try {
            return switch (values.intensity().orElse(IntensityMethod.WINDOW)) {
                case WINDOW -> new IntensityWindow((float) values.windowLow(), (float) values.windowHigh());
                case PERCENTILES -> new Percentiles(values.windowLow(), values.windowHigh());
                case Z_SCORE -> new ZScore();
                case CLIPPED_SCORE -> clippedScore(values);
            };
        } catch (IllegalArgumentException e) {
            throw new JobException(FailureCode.EVENT_INVALID, EXPLICIT + ": " + e.getMessage(), e);
        }
    }

    private static ClippedScore clippedScore(ChannelIntensity values) {
        IntensityScore score = values.score().orElseThrow(() -> invalid(EXPLICIT + ": clipped-score needs a score"));
        return new ClippedScore((float) values.windowLow(), (float) values.windowHigh(), (float) score.mean(), (float)
                score.deviation());
    }

    private static JobException invalid(String message) {
        return new JobException(FailureCode.EVENT_INVALID, message);
    }
}
