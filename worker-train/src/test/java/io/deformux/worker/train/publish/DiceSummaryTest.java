package io.deformux.worker.train.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.schemas.FoldResult;
import io.deformux.schemas.LabelDice;
import io.deformux.schemas.LabelSummary;
import io.deformux.schemas.StoredModel;
import io.deformux.worker.train.testing.Trainings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiceSummaryTest {
    @Test
    void meansAndSampleDeviationsPerLabel() {
        DiceSummary summary = DiceSummary.of(List.of(
                fold(0, 0.7, Optional.of(0.6), Optional.of(0.9)),
                fold(1, 0.8, Optional.of(0.8), Optional.empty()),
                fold(2, 0.9, Optional.of(1.0), Optional.empty())));

        LabelSummary first = summary.labels().get(0);
        assertThat(first.name()).isEqualTo("a");
        assertThat(first.folds()).isEqualTo(3);
        assertThat(first.mean().orElseThrow()).isCloseTo(0.8, within(1e-12));
        // ((-0.2)^2 + 0 + 0.2^2) / (3 - 1) = 0.04
        assertThat(first.sd().orElseThrow()).isCloseTo(0.2, within(1e-12));
        assertThat(summary.labels().get(1)).isEqualTo(new LabelSummary(2, "b", 1, Optional.of(0.9), Optional.empty()));
        assertThat(summary.mean()).isCloseTo(0.8, within(1e-12));
        assertThat(summary.sd().orElseThrow()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void aLabelThatNoFoldHasSeenHasNoMean() {
        DiceSummary summary = DiceSummary.of(List.of(fold(0, 1, Optional.of(1.0), Optional.empty())));

        assertThat(summary.labels().get(1)).isEqualTo(new LabelSummary(2, "b", 0, Optional.empty(), Optional.empty()));
        assertThat(summary.sd()).isEmpty();
    }

    /** Older folds give regions the values of their labels. */
    @Test
    void aRegionIsTheOneOfItsNameWhateverValueAFoldGivesIt() {
        DiceSummary summary = DiceSummary.of(List.of(
                fold(0, 0.5, List.of(dice(1, "whole", 0.9), dice(2, "tumor", 0.1))),
                fold(1, 0.5, List.of(dice(2, "whole", 0.7), dice(1, "tumor", 0.3)))));

        assertThat(summary.labels()).extracting(LabelSummary::name).containsExactly("whole", "tumor");
        assertThat(summary.labels()).extracting(LabelSummary::value).containsExactly(1, 2);
        assertThat(summary.labels().get(0).mean().orElseThrow()).isCloseTo(0.8, within(1e-12));
        assertThat(summary.labels().get(1).mean().orElseThrow()).isCloseTo(0.2, within(1e-12));
    }

    private static LabelDice dice(int value, String name, double dice) {
        return new LabelDice(value, name, Optional.of(dice));
    }

    private static FoldResult fold(int number, double mean, Optional<Double> a, Optional<Double> b) {
        return fold(number, mean, List.of(new LabelDice(1, "a", a), new LabelDice(2, "b", b)));
    }

    private static FoldResult fold(int number, double mean, List<LabelDice> dice) {
        return new FoldResult(
                number,
                dice,
                mean,
                1,
                1,
                new StoredModel(URI.create("file:///out"), Trainings.DIGEST),
                Trainings.DIGEST,
                Map.of(),
                1);
    }
}
