package io.deformux.transform;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PresetTest {
    private static final IntensityWindow WINDOW = new IntensityWindow(-125, 275);

    @Test
    void isFoundByName() {
        assertThat(Preset.named("amos")).contains(Preset.AMOS);
        assertThat(Preset.named("hepatic").orElseThrow().intensity()).isEqualTo(new IntensityWindow(0, 230));
        assertThat(Preset.named("kits").orElseThrow().spacing()).isEmpty();
        assertThat(Preset.named("brats")).isEmpty();
    }

    @Test
    void hasOneNamePerClassWithTheBackgroundFirst() {
        assertThat(Preset.all()).extracting(preset -> preset.classes().size()).containsExactly(16, 4, 3, 3);
        assertThat(Preset.all())
                .allSatisfy(preset -> assertThat(preset.classes().get(0)).isEqualTo("background"));
    }

    @Test
    void refusesValuesThatMakeNoSense() {
        assertThatThrownBy(() -> new Preset("x", List.of(1.0, 1.0), WINDOW, List.of("background")))
                .hasMessageContaining("three values");
        assertThatThrownBy(() -> new Preset("x", List.of(1.0, 0.0, 1.0), WINDOW, List.of("background")))
                .hasMessageContaining("positive");
        assertThatThrownBy(() -> new Preset("x", List.of(), WINDOW, List.of())).hasMessageContaining("classes");
        assertThatThrownBy(() -> new Preset("x", List.of(), WINDOW, List.of("a", "a")))
                .hasMessageContaining("same name");
        assertThatThrownBy(() -> new IntensityWindow(3, 3)).hasMessageContaining("lo < hi");
        assertThatThrownBy(() -> new IntensityWindow(Float.NaN, 3)).hasMessageContaining("lo < hi");
    }

    @Test
    void regionsAreWhatTheNetworkGives() {
        List<LabelRegion> regions =
                List.of(new LabelRegion("whole", 2, List.of(1, 2)), new LabelRegion("core", 1, List.of(1)));
        Preset preset = new Preset("x", List.of(), Preset.KITS.channels(), List.of("none", "core", "rest"), regions);

        assertThat(preset.outputs()).isEqualTo(2);
        assertThat(preset.targets()).containsExactly("none", "whole", "core");
        assertThat(preset.rule().order()).containsExactly(2, 1);
        assertThat(regions).extracting(LabelRegion::labelName).containsExactly("whole (rest)", "core");
        assertThatArray(regions.get(0).mask(new byte[] {0, 1, 2, (byte) 255})).containsExactly(0, 1, 1, 0);
        assertThat(Preset.KITS.outputs()).isEqualTo(4);
        assertThat(Preset.KITS.rule()).isEqualTo(LabelRule.LARGEST);
        assertThatThrownBy(() -> new Preset("x", List.of(), Preset.KITS.channels(), List.of("none", "core"), regions))
                .hasMessageContaining("the region whole has a label that is no class");
        assertThatThrownBy(() -> new LabelRegion("whole", 256, List.of(1, 2)))
                .hasMessageContaining("the label 256, and labels are 0 to 255");
    }

    @Test
    void windowsClipAndTreatMissingValuesAsLow() {
        assertThat(WINDOW.scale(-1000)).isZero();
        assertThat(WINDOW.scale(-125)).isZero();
        assertThat(WINDOW.scale(75)).isEqualTo(0.5f);
        assertThat(WINDOW.scale(275)).isEqualTo(1f);
        assertThat(WINDOW.scale(Float.POSITIVE_INFINITY)).isEqualTo(1f);
        assertThat(WINDOW.scale(Float.NaN)).isZero();
    }

    @Test
    void refusesChannelsThatCannotBeToldApart() {
        ImageChannel t1 = new ImageChannel("T1", WINDOW);
        assertThatThrownBy(() -> Preset.KITS.withChannels(List.of(t1, t1)))
                .hasMessage("two channels have the same name");
        assertThatThrownBy(() -> Preset.KITS.withChannels(List.of())).hasMessage("1 to 16 channels needed, not 0");
        assertThatThrownBy(() -> new ImageChannel("T1\n", WINDOW)).hasMessageContaining("control characters");
    }
}
