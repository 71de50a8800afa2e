package io.deformux.worker.train.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.ChannelIntensity;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Percentiles;
import io.deformux.transform.Preset;
import io.deformux.transform.ZScore;
import io.deformux.worker.train.dataset.Dataset;
import io.deformux.worker.train.dataset.TrainingCase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a request says of intensities, and what the data set's channels make of it. */
class WantedPresetTest {
    private static final ChannelIntensity PET = channel("PET", IntensityMethod.PERCENTILES);

    @Test
    void eachChannelIsScaledAsItsNameSaysAndTheOthersAsAll() {
        Preset preset = new WantedPreset(explicit(IntensityMethod.WINDOW, PET)).of(dataset("CT", "PET"));

        assertThat(preset.channels())
                .containsExactly(
                        new ImageChannel("CT", new IntensityWindow(1, 99)),
                        new ImageChannel("PET", new Percentiles(1, 99)));
        assertThat(new WantedPreset(explicit(IntensityMethod.Z_SCORE))
                        .of(dataset("T1", "T2"))
                        .channels())
                .containsExactly(new ImageChannel("T1", new ZScore()), new ImageChannel("T2", new ZScore()));
    }

    @Test
    void theOnlyChannelIsCalledAsInEveryModelOfOneWhateverTheDataSetCallsIt() {
        assertThat(new WantedPreset(explicit(IntensityMethod.WINDOW))
                        .of(dataset("T1"))
                        .channels())
                .containsExactly(new ImageChannel(ImageChannel.ONLY, new IntensityWindow(1, 99)));
        assertThat(new WantedPreset(explicit(IntensityMethod.WINDOW, PET))
                        .of(dataset("PET"))
                        .channels())
                .containsExactly(new ImageChannel(ImageChannel.ONLY, new Percentiles(1, 99)));
    }

    @Test
    void aWindowOfHuMeetsNoOtherChannelInSilence() {
        for (PreprocessingSpec spec : List.of(explicit(IntensityMethod.WINDOW), PreprocessingSpec.preset("amos"))) {
            refused(spec, dataset("CT", "T2"), "the channel T2 would be scaled by a window in HU");
        }
        ChannelIntensity said = channel("T2", IntensityMethod.WINDOW);
        assertThat(new WantedPreset(explicit(IntensityMethod.WINDOW, said))
                        .of(dataset("CT", "T2"))
                        .channels())
                .as("unless it is said so")
                .hasSize(2);
    }

    @Test
    void aChannelThatTheDataSetLacksIsNotTold() {
        refused(
                explicit(IntensityMethod.Z_SCORE, PET),
                dataset("T1", "T2"),
                "/channels/0: the data set has no channel of that name, only T1, T2");
    }

    private static void refused(PreprocessingSpec spec, Dataset dataset, String why) {
        assertThatThrownBy(() -> new WantedPreset(spec).of(dataset))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.EVENT_INVALID))
                .hasMessageContaining(why)
                .hasMessageNotContaining("PET");
    }

    private static PreprocessingSpec explicit(IntensityMethod method, ChannelIntensity... channels) {
        return PreprocessingSpec.explicit(new ExplicitPreprocessing(
                Optional.empty(),
                1,
                99,
                Optional.empty(),
                Optional.of(method),
                Optional.empty(),
                Optional.empty(),
                channels.length == 0 ? Optional.empty() : Optional.of(Arrays.asList(channels))));
    }

    private static ChannelIntensity channel(String name, IntensityMethod method) {
        return new ChannelIntensity(name, 1, 99, Optional.of(method), Optional.empty());
    }

    private static Dataset dataset(String... channels) {
        Path file = Path.of("a.nii");
        return new Dataset(
                List.of(channels),
                List.of(new TrainingCase("a", List.of(file), channels.length, file, OptionalInt.empty())),
                List.of("background", "organ"),
                List.of(),
                List.of());
    }
}
