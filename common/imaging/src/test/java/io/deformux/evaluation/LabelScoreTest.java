package io.deformux.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
                .isEqualTo(new LabelScore(1, 2, 2, 0.5, 3, 0.95 * 3, 0.5, 1.5));
        assertThat(scores.get(1)).isEqualTo(new LabelScore(2, 1, 1, 1, 0, 0, 1, 0));
        assertThat(scores.get(2).label()).isEqualTo(3);
        assertThat(scores.get(2).dice()).isNaN();
        assertThat(scores.get(2).hausdorff95()).isNaN();
    }

    @Test
    void refusesGridsThatDiffer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelScore.perLabel(map(3, new byte[5]), map(3, new byte[4]), 2, 1))
                .withMessageContaining("1x1x5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelScore.perLabel(map(3, new byte[5]), map(3.1, new byte[5]), 2, 1))
                .withMessageContaining("resample");
    }

    private static LabelMap map(double spacing, byte[] labels) {
        return new LabelMap(new Geometry(new Shape3(1, 1, labels.length), Affine.scaling(1, 1, spacing)), labels);
    }
}
