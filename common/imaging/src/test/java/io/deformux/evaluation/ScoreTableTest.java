package io.deformux.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deformux.evaluation.ScoreTable.Aggregate;
import org.junit.jupiter.api.Test;

class ScoreTableTest {
    private static final double NONE = Double.NaN;

    @Test
    void averagesCasesNotEntries() {
        ScoreTable table = table(new double[] {1, NONE}, new double[] {0.5, 0}, new double[] {NONE, NONE});
        assertThat(table.perCase()).containsExactly(new Aggregate(1, 1), new Aggregate(0.25, 2), new Aggregate(0, 0));
        assertThat(table.mean()).isEqualTo(new Aggregate(0.625, 2));
    }

    @Test
    void averagesPerClassOverTheCasesThatHaveIt() {
        ScoreTable table = table(new double[] {1, NONE, NONE}, new double[] {0.5, 0.25, NONE});
        assertThat(table.perClass())
                .containsExactly(new Aggregate(0.75, 2), new Aggregate(0.25, 1), new Aggregate(0, 0));
    }

    @Test
    void sumsWhatThereIs() {
        assertThat(table(new double[] {1, NONE}, new double[] {0.5, 0}).sum()).isEqualTo(new Aggregate(1.5, 3));
    }

    @Test
    void keepsTheMeanAsItStoodAfterEachCase() {
        ScoreTable table = table(new double[] {1}, new double[] {0}, new double[] {0.5});
        assertThat(table.runningMeans()).containsExactly(1.0, 0.5, 0.5);
        assertThat(table.meanOfRunningMeans()).isEqualTo(2.0 / 3);
    }

    @Test
    void isZeroWithoutCases() {
        assertThat(new ScoreTable().mean()).isEqualTo(new Aggregate(0, 0));
        assertThat(new ScoreTable().perClass()).isEmpty();
        assertThat(new ScoreTable().meanOfRunningMeans()).isZero();
    }

    @Test
    void refusesCasesWithAnotherNumberOfClasses() {
        assertThatIllegalArgumentException().isThrownBy(() -> table(new double[2], new double[3]));
    }

    private static ScoreTable table(double[]... cases) {
        ScoreTable table = new ScoreTable();
        for (double[] scores : cases) {
            table.add(scores);
        }
        return table;
    }
}
