package io.deformux.worker.train.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deformux.evaluation.StructureScore;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.FailedNetwork;
import io.deformux.schemas.FigureSummary;
import io.deformux.schemas.FoldMeasurement;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.NetworkFigures;
import io.deformux.schemas.StoredFile;
import io.deformux.schemas.TrainedNetwork;
import io.deformux.worker.train.testing.Trainings;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Three networks on eight cases of one label. */
class ComparisonTableTest {
    private static final double[] GOOD = {0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98};
    private static final double[] WORSE = {0.81, 0.80, 0.84, 0.86, 0.80, 0.85, 0.90, 0.79};
    private static final double[] MIXED = {0.92, 0.90, 0.94, 0.90, 0.96, 0.90, 0.98, 0.90};

    private final ComparisonTable table = ComparisonTable.of(
            List.of(network("worse"), network("good"), network("mixed")),
            List.of(scores(WORSE), scores(GOOD), scores(MIXED)),
            7);

    @Test
    void networksAreRankedByMeanDice() {
        assertThat(table.cases()).isEqualTo(8);
        assertThat(table.networks()).extracting(NetworkFigures::name).containsExactly("good", "mixed", "worse");
        assertThat(table.networks()).extracting(NetworkFigures::rank).containsExactly(1, 2, 3);
        assertThat(table.networks().get(0).dice().mean()).contains(0.945);
        assertThat(table.networks().get(0).dice().sd()).contains(0.024495);
    }

    @Test
    void theOthersAreTestedAgainstTheBest() {
        NetworkFigures worse = table.networks().get(2);

        assertThat(table.networks().get(0).pValue()).isEmpty();
        assertThat(table.networks().get(0).adjustedPValue()).isEmpty();
        // Of 8 pairs all on one side: 2 of the 2^8 sign patterns are as far.
        assertThat(worse.pValue().orElseThrow()).isEqualTo(2 / 256.0, within(1e-12));
        assertThat(worse.adjustedPValue().orElseThrow()).isEqualTo(4 / 256.0, within(1e-12));
        assertThat(worse.pairs()).contains(8);
    }

    @Test
    void theRankSharesSayWhoseRankHangsOnTheCases() {
        assertThat(table.networks().get(2).rankShares()).containsExactly(0.0, 0.0, 1.0);
        assertThat(table.networks().get(0).rankShares().get(0)).isBetween(0.8, 1.0);
        assertThat(table)
                .isEqualTo(ComparisonTable.of(
                        List.of(network("worse"), network("good"), network("mixed")),
                        List.of(scores(WORSE), scores(GOOD), scores(MIXED)),
                        7));
    }

    @Test
    void aMissCountsAsNothingFoundAndIsTold() {
        StructureScore missed = new StructureScore(0, Double.POSITIVE_INFINITY, 0);
        StructureScore found = new StructureScore(0.8, 3, 0.6);
        StructureScore nothing = new StructureScore(Double.NaN, Double.NaN, Double.NaN);
        NetworkScores scores = new NetworkScores(
                List.of("background", "liver", "spleen"),
                List.of(List.of(found, missed), List.of(found, nothing), List.of(nothing, nothing)));

        assertThat(scores.dice().mean()).contains(0.6);
        assertThat(scores.dice().cases()).isEqualTo(2);
        assertThat(scores.dice().missed()).isEqualTo(1);
        assertThat(scores.perLabel().get(1).dice())
                .isEqualTo(new FigureSummary(Optional.of(0.0), Optional.empty(), 1, 1));
        assertThat(scores.perLabel().get(1).hd95Mm())
                .isEqualTo(new FigureSummary(Optional.empty(), Optional.empty(), 0, 1));
        assertThat(scores.distance().mean()).contains(3.0);
    }

    /** A mean of the six cases that a network found all in is not comparable with one of eight. */
    @Test
    void aMeanThatDoesNotCoverAllCasesSaysOfHowManyItIs() {
        StructureScore missed = new StructureScore(0, Double.POSITIVE_INFINITY, 0);
        List<List<StructureScore>> cases = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            cases.add(List.of(n < 2 ? missed : new StructureScore(0.8, 3, 0.6)));
        }
        ComparisonTable with = ComparisonTable.of(
                List.of(network("good"), network("missing")),
                List.of(scores(GOOD), new NetworkScores(List.of("background", "liver"), cases)),
                7);
        ComparisonReport report = new ComparisonReport(new ComparisonCompleted(
                "which", Trainings.DIGEST, 8, ComparisonTable.RESAMPLES, 7, with.networks(), List.of(), List.of(), 1));

        assertThat(report.plain())
                .anyMatch(line -> line.matches("missing .* 0\\.6000 ± 0\\.3703 +3\\.00 ± 0\\.00 \\(of 6\\) .*"))
                .anyMatch(line -> line.matches("missing +0\\.6000 ± 0\\.3703 \\(2 missed\\)"))
                .anyMatch(line -> line.matches("missing +3\\.00 ± 0\\.00 \\(of 6, 2 missed\\)"))
                .filteredOn(line -> line.startsWith("good "))
                .noneMatch(line -> line.contains("(of"));
        assertThat(report.markdown()).anyMatch(line -> line.startsWith("| missing |") && line.contains("(of 6) |"));
    }

    @Test
    void whatItCostIsThatOfAllFolds() {
        NetworkFigures good = table.networks().get(0);

        assertThat(good.trainingMs()).isEqualTo(3000);
        assertThat(good.inferenceMs()).isEqualTo((40.0 * 6 + 80 * 2) / 8);
        assertThat(good.peakMemoryBytes()).contains(7_000L);
    }

    @Test
    void networksOfOtherCasesAreNotCompared() {
        assertThatThrownBy(() -> ComparisonTable.of(
                        List.of(network("a"), network("b")), List.of(scores(GOOD), scores(Arrays.copyOf(GOOD, 7))), 1))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.INTERNAL));
    }

    @Test
    void theTableIsWrittenForPeopleAndForMachines() {
        ComparisonCompleted comparison = new ComparisonCompleted(
                "which",
                Trainings.DIGEST,
                table.cases(),
                ComparisonTable.RESAMPLES,
                7,
                table.networks(),
                List.of(new FailedNetwork("broken", "which-broken", "TRAINING_DIVERGED", "the loss is NaN")),
                List.of(),
                1);
        ComparisonReport report = new ComparisonReport(comparison);

        assertThat(report.plain())
                .anyMatch(line -> line.startsWith("good") && line.contains("0.9450 ± 0.0245"))
                .contains("- broken: TRAINING_DIVERGED: the loss is NaN");
        assertThat(report.markdown())
                .startsWith("# Comparison which")
                .anyMatch(line -> line.startsWith("| worse | 3 |") && line.contains("| 0.0078 | 0.0156 |"));
        List<String> csv = ComparisonCsv.lines(comparison);
        int columns = csv.get(0).split(",", -1).length;
        assertThat(csv).hasSize(7).allSatisfy(line -> assertThat(line.split(",", -1))
                .hasSize(columns));
        assertThat(csv.get(1)).startsWith("1,good,ux-net,,1000,0.002,0.945,0.024495,8,");
    }

    private static NetworkScores scores(double[] dice) {
        return new NetworkScores(
                List.of("background", "liver"),
                Arrays.stream(dice)
                        .mapToObj(d -> List.of(new StructureScore(d, 1 / d, d)))
                        .toList());
    }

    private static TrainedNetwork network(String name) {
        return new TrainedNetwork(
                name,
                "ux-net",
                "which-" + name,
                List.of(fold(6, 40, 7_000), fold(2, 80, 5_000)),
                new ModelVersion("organs-" + name, "1", Trainings.DIGEST),
                URI.create("file:///models/organs-" + name + "/1/"));
    }

    private static FoldMeasurement fold(int scans, double inferenceMs, long peak) {
        return new FoldMeasurement(
                new StoredFile(URI.create("file:///out/scores.json"), Trainings.DIGEST),
                1000,
                2_000_000,
                1500,
                scans,
                inferenceMs,
                Optional.of(peak));
    }
}
