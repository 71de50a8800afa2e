package io.deformux.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.volume.Shape3;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Five classes in a row of voxels, 2 mm apart. */
class StructureScoreTest {
    private static final Shape3 ROW = new Shape3(1, 1, 8);
    private static final double[] SPACING = {1, 1, 2};

    private final List<StructureScore> scores = StructureScore.perLabel(
            new byte[] {1, 1, 0, 0, 3, 0, 0, 0}, new byte[] {0, 1, 1, 0, 0, 2, 0, 0}, 5, ROW, SPACING, 1);

    @Test
    void aStructureThatBothHaveIsMeasured() {
        assertThat(scores.get(0).dice()).isEqualTo(0.5, within(1e-12));
        assertThat(scores.get(0).hausdorff95()).isEqualTo(1.9, within(1e-12));
        assertThat(scores.get(0).surfaceDice()).isEqualTo(0.5, within(1e-12));
        assertThat(scores.get(0).missed()).isFalse();
    }

    @Test
    void aStructureThatOnlyOneHasIsAMissThatCounts() {
        for (int label : new int[] {2, 3}) {
            StructureScore score = scores.get(label - 1);
            assertThat(score.dice()).isZero();
            assertThat(score.surfaceDice()).isZero();
            assertThat(score.missed()).isTrue();
        }
    }

    @Test
    void aStructureThatNeitherHasIsNotScored() {
        assertThat(scores.get(3).dice()).isNaN();
        assertThat(scores.get(3).missed()).isFalse();
    }
}
