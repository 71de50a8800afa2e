package io.deformux.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.ChannelReference;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ScanArrived;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.Preset;
import io.deformux.transform.ZScore;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanInputsTest {
    private static final Preset PRESET = Preset.KITS.withChannels(Stream.of("T1", "T2", "FLAIR")
            .map(name -> new ImageChannel(name, new ZScore()))
            .toList());

    private static InputReference at(String name) {
        return new InputReference(URI.create("file:///" + name), InputReference.Kind.NIFTI, Optional.empty());
    }

    private static ScanArrived job(List<String> others) {
        return new ScanArrived(
                "job",
                at("first"),
                new ModelReference("model", Optional.empty()),
                URI.create("file:///out"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                others.isEmpty()
                        ? Optional.empty()
                        : Optional.of(others.stream()
                                .map(name -> new ChannelReference(name, at(name)))
                                .toList()));
    }

    @Test
    void channelsComeInTheOrderOfTheModel() {
        ScanInputs inputs = ScanInputs.of(job(List.of("FLAIR", "T2")), PRESET);
        assertThat(inputs.first()).isEqualTo(at("first"));
        assertThat(inputs.others().keySet()).containsExactly("T2", "FLAIR");
        assertThat(inputs.others()).containsEntry("FLAIR", at("FLAIR"));
    }

    @Test
    void oneImageNeedsNoNames() {
        assertThat(ScanInputs.of(job(List.of()), Preset.KITS).others()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "T2,the channel FLAIR is missing",
        "T2 FLAIR T2,a channel is named twice",
        "T2 FLAIR T1,1 are named that it does not see",
        "T2 flair,the channel FLAIR is missing"
    })
    void othersThanTheModelsAreRefused(String names, String message) {
        JobException refused = catchThrowableOfType(
                JobException.class, () -> ScanInputs.of(job(Arrays.asList(names.split(" "))), PRESET));
        assertThat(refused.code()).isEqualTo(FailureCode.INPUT_CHANNELS_MISMATCH);
        assertThat(refused).hasMessageStartingWith(message).hasMessageContaining("T1, T2, FLAIR");
    }

    @Test
    void aModelOfOneImageTakesNoOthers() {
        JobException refused =
                catchThrowableOfType(JobException.class, () -> ScanInputs.of(job(List.of("T2")), Preset.KITS));
        assertThat(refused.code()).isEqualTo(FailureCode.INPUT_CHANNELS_MISMATCH);
        assertThat(refused).hasMessageContaining("the model sees one image");
    }
}
