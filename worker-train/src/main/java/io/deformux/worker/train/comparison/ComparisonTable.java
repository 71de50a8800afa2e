package io.deformux.worker.train.comparison;

import io.deformux.evaluation.statistics.Holm;
import io.deformux.evaluation.statistics.Ranks;
import io.deformux.evaluation.statistics.SignedRankTest;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.FoldMeasurement;
import io.deformux.schemas.NetworkFigures;
import io.deformux.schemas.TrainedNetwork;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The table of a comparison.
 *
 * @param cases how many validation cases it is of
 * @param networks in ascending order of the ranks
 */
record ComparisonTable(int cases, List<NetworkFigures> networks) {
    /** How often the cases are drawn anew. */
    static final int RESAMPLES = 1000;

    private static final double DECIMALS = 1e3;

    /**
     * Ranks networks by mean Dice and tests each against the best.
     *
     * @param networks at least one
     * @param scores of each, on the same cases in the same order
     * @param seed of the resampling
     */
    static ComparisonTable of(List<TrainedNetwork> networks, List<NetworkScores> scores, long seed) {
        int cases = scores.get(0).cases().size();
        if (scores.stream().anyMatch(each -> each.cases().size() != cases)) {
            throw new JobException(
                    FailureCode.INTERNAL, "the networks of a comparison were not validated on the same cases");
        }
        double[][] dice = scores.stream().map(NetworkScores::dicePerCase).toArray(double[][]::new);
        int[] ranks = Ranks.of(scores.stream()
                .mapToDouble(each -> each.dice().mean().orElse(Double.NaN))
                .toArray());
        int best = IntStream.range(0, ranks.length)
                .filter(n -> ranks[n] == 1)
                .findFirst()
                .orElseThrow();
        SignedRankTest[] tests = Arrays.stream(dice)
                .map(network -> SignedRankTest.of(network, dice[best]))
                .toArray(SignedRankTest[]::new);
        double[] adjusted = Holm.adjusted(IntStream.range(0, tests.length)
                .filter(n -> n != best)
                .mapToDouble(n -> tests[n].pValue())
                .toArray());
        double[][] shares = Ranks.shares(dice, RESAMPLES, seed);
        List<NetworkFigures> rows = IntStream.range(0, ranks.length)
                .mapToObj(n -> row(
                        networks.get(n),
                        scores.get(n),
                        ranks[n],
                        n == best ? Optional.empty() : Optional.of(tests[n]),
                        n == best ? Optional.empty() : Optional.of(adjusted[n < best ? n : n - 1]),
                        shares[n]))
                .sorted(Comparator.comparingInt(NetworkFigures::rank))
                .toList();
        return new ComparisonTable(cases, rows);
    }

    private static NetworkFigures row(
            TrainedNetwork network,
            NetworkScores scores,
            int rank,
            Optional<SignedRankTest> test,
            Optional<Double> adjusted,
            double[] shares) {
        List<FoldMeasurement> folds = network.folds();
        return new NetworkFigures(
                network.name(),
                network.architecture(),
                network.trainingId(),
                rank,
                folds.get(0).parameters(),
                folds.get(0).multiplyAccumulates(),
                scores.dice(),
                scores.distance(),
                scores.surfaceDice(),
                scores.perLabel(),
                test.map(SignedRankTest::pairs),
                test.map(SignedRankTest::pValue),
                adjusted,
                DoubleStream.of(shares).boxed().toList(),
                folds.stream().mapToLong(FoldMeasurement::trainingMs).sum(),
                inferenceMs(folds),
                peak(folds),
                network.model(),
                network.modelUri());
    }

    /** Over all scans, not over folds. */
    private static double inferenceMs(List<FoldMeasurement> folds) {
        int scans = folds.stream().mapToInt(FoldMeasurement::scans).sum();
        double all = folds.stream()
                .mapToDouble(fold -> fold.inferenceMs() * fold.scans())
                .sum();
        return scans == 0 ? 0 : Math.rint(all / scans * DECIMALS) / DECIMALS;
    }

    /** Of the folds whose memory is known. */
    private static Optional<Long> peak(List<FoldMeasurement> folds) {
        return folds.stream().flatMap(fold -> fold.peakMemoryBytes().stream()).max(Comparator.naturalOrder());
    }
}
