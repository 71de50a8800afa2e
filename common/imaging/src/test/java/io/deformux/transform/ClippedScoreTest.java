package io.deformux.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClippedScoreTest {
    private static final ClippedScore SCORE = new ClippedScore(-40, 160, 100, 20);

    @Test
    void valuesAreClippedAndThenMovedAndScaled() {
        assertThat(SCORE.scale(100)).isZero();
        assertThat(SCORE.scale(140)).isEqualTo(2);
        assertThat(SCORE.scale(-1000)).isEqualTo(-7);
        assertThat(SCORE.scale(3000)).isEqualTo(3);
        assertThat(SCORE.scale(Float.NaN)).isZero();
        assertThat(SCORE.isForeground(-40)).isFalse();
        assertThat(SCORE.isForeground(-39)).isTrue();
    }

    @Test
    void itIsForCtAlone() {
        Preset preset = new Preset("nnu-net", List.of(), SCORE, List.of("background", "liver"));
        assertThat(preset.suits("CT")).isTrue();
        assertThat(preset.suits("MR")).isFalse();
    }

    @Test
    void whatIsNoWindowOrNoDeviationIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClippedScore(1, 1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ClippedScore(0, 1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ClippedScore(0, 1, Float.NaN, 1));
    }
}
