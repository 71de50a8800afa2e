package io.deformux.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deformux.evaluation.LabelScore.Presence;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelScoreTest {

    @Test
    void givesARowPerForegroundLabelInMillimetres() {
        List<LabelScore> scores =
                LabelScore.perLabel(map(3, new byte[] {0, 1, 1, 0, 2}), map(3, new byte[] {1, 1, 0, 0, 2}), 4, 2);
        assertThat(scores).hasSize(3);
        assertThat(scores.get(0))
                .usingRecursiveComparison()
                .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1, Double.class)
                .isEqualTo(new LabelScore(1, 2, 2, 1, 3, 0.95 * 3, 0.5, 1.5));
        assertThat(scores.get(1)).isEqualTo(new LabelScore(2, 1, 1, 1, 0, 0, 1, 0));
        assertThat(scores.get(0).dice()).isEqualTo(0.5);
        assertThat(scores.get(2)).isEqualTo(LabelScore.absent(3));
        assertThat(scores.get(2).dice()).isNaN();
        assertThat(scores.get(2).presence()).isEqualTo(Presence.ABSENT);
    }

    @Test
    void aStructureThatOneSideLacksHasNothingInCommonAndLiesInfinitelyFarAway() {
        LabelMap with = map(3, new byte[] {0, 1, 1});
        LabelMap without = map(3, new byte[3]);
        LabelScore missed = LabelScore.perLabel(without, with, 2, 1).get(0);
        LabelScore spurious = LabelScore.perLabel(with, without, 2, 1).get(0);
        assertThat(missed.presence()).isEqualTo(Presence.MISSED);
        assertThat(spurious.presence()).isEqualTo(Presence.SPURIOUS);
        assertThat(List.of(missed, spurious)).allSatisfy(score -> {
            assertThat(score.dice()).isZero();
            assertThat(score.surfaceDice()).isZero();
            assertThat(score.hausdorff95()).isEqualTo(Double.POSITIVE_INFINITY);
        });
    }

    @Test
    void anOriginThatAToolHasRoundedIsTheSamePlace() {
        LabelMap rounded =
                new LabelMap(new Geometry(new Shape3(1, 1, 3), Affine.scaling(1, 1, 3.01)), new byte[] {0, 1, 1});
        assertThat(LabelScore.perLabel(rounded, map(3, new byte[] {0, 1, 1}), 2, 1)
                        .get(0)
                        .dice())
                .isEqualTo(1);
    }

    @Test
    void refusesGridsThatDiffer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelScore.perLabel(map(3, new byte[5]), map(3, new byte[4]), 2, 1))
                .withMessageContaining("1x1x5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelScore.perLabel(map(3, new byte[5]), map(3.2, new byte[5]), 2, 1))
                .withMessageContaining("0.800 mm apart")
                .withMessageContaining("resample");
    }

    private static LabelMap map(double spacing, byte[] labels) {
        return new LabelMap(new Geometry(new Shape3(1, 1, labels.length), Affine.scaling(1, 1, spacing)), labels);
    }
}
