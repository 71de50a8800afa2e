package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.evaluation.Dice;
import io.deformux.evaluation.ScoreTable;
import io.deformux.evaluation.ScoreTable.Aggregate;
import io.deformux.evaluation.SurfaceDistances;
import io.deformux.volume.Shape3;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Dice, Hausdorff, surface Dice and mean surface distance against {@code metric/}. */
@Tag("parity")
class MetricParityTest {
    private static final Pattern DICE =
            Pattern.compile("(per_sample_class|mean|mean_batch|mean_channel|sum)_ignore_empty_(True|False)");
    private static final Pattern HAUSDORFF = Pattern.compile("percentile_(None|[0-9.]+)(_directed_pred_to_gt)?");
    private static final double DICE_TOLERANCE = 1e-6;
    private static final double DISTANCE_TOLERANCE = 1e-4;
    private static final double NSD_TOLERANCE = 1e-6;

    @TestFactory
    List<DynamicTest> dice() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Case labels : Case.all()) {
            for (Map.Entry<String, JsonNode> group :
                    labels.expected().get("dice").properties()) {
                boolean background = group.getKey().equals("include_background_True");
                for (Map.Entry<String, JsonNode> entry : group.getValue().properties()) {
                    tests.add(DynamicTest.dynamicTest(
                            labels.name() + " " + group.getKey() + " " + entry.getKey(),
                            () -> checkDice(labels, background, entry.getKey(), entry.getValue())));
                }
            }
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> hausdorffInVoxels() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Case labels : Case.all()) {
            for (Map.Entry<String, JsonNode> entry :
                    labels.expected().get("hausdorff_voxels").properties()) {
                tests.add(DynamicTest.dynamicTest(
                        labels.name() + " " + entry.getKey(),
                        () -> checkHausdorff(labels, entry.getKey(), entry.getValue())));
            }
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> surfacesWithSpacing() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Case labels : Case.all()) {
            for (JsonNode expected : labels.expected().get("surface_with_spacing")) {
                double[] spacing = {1, 1, 1};
                for (int axis = 0; axis < expected.get("spacing").size(); axis++) {
                    spacing[axis] = expected.get("spacing").get(axis).asDouble();
                }
                tests.add(DynamicTest.dynamicTest(
                        labels.name() + " spacing " + expected.get("spacing"),
                        () -> checkSurfaces(labels, spacing, expected)));
            }
        }
        return tests;
    }

    private static void checkDice(Case labels, boolean background, String key, JsonNode expected) {
        if (key.equals("running_aggregate_mean_after_each_sample")) {
            ScoreTable table = diceTable(labels, new Dice(background, true));
            assertRow(table.runningMeans().stream().mapToDouble(x -> x).toArray(), expected, DICE_TOLERANCE);
            return;
        }
        Matcher match = DICE.matcher(key);
        assertThat(match.matches()).as(key).isTrue();
        Dice dice = new Dice(background, match.group(2).equals("True"));
        ScoreTable table = diceTable(labels, dice);
        switch (match.group(1)) {
            case "per_sample_class" -> {
                for (int sample = 0; sample < labels.samples(); sample++) {
                    assertRow(labels.dice(dice, sample), expected.get(sample), DICE_TOLERANCE);
                }
            }
            case "mean" -> assertAggregates(List.of(table.mean()), expected);
            case "mean_batch" -> assertAggregates(table.perClass(), expected);
            case "mean_channel" -> assertAggregates(table.perCase(), expected);
            case "sum" -> assertAggregates(List.of(table.sum()), expected);
            default -> throw new IllegalArgumentException(key);
        }
    }

    private static void checkHausdorff(Case labels, String key, JsonNode expected) {
        double[] voxels = {1, 1, 1};
        if (key.startsWith("aggregate_mean_")) {
            double percentile = Double.parseDouble(key.substring("aggregate_mean_".length()));
            ScoreTable table = new ScoreTable();
            for (int sample = 0; sample < labels.samples(); sample++) {
                table.add(labels.surfaces(sample, voxels, s -> s.hausdorff(percentile)));
            }
            assertRow(new double[] {table.mean().value()}, expected, DISTANCE_TOLERANCE);
            return;
        }
        Matcher match = HAUSDORFF.matcher(key);
        assertThat(match.matches()).as(key).isTrue();
        boolean directed = match.group(2) != null;
        ToDoubleFunction<SurfaceDistances> measure;
        if (match.group(1).equals("None")) {
            measure = directed ? MetricParityTest::largestFromPrediction : SurfaceDistances::hausdorff;
        } else {
            double percentile = Double.parseDouble(match.group(1));
            measure = directed ? s -> s.hausdorffFromPrediction(percentile) : s -> s.hausdorff(percentile);
        }
        checkTable(labels, voxels, measure, expected, DISTANCE_TOLERANCE);
    }

    /** The directed maximum is the 100th percentile, except that one empty structure counts as infinitely far. */
    private static double largestFromPrediction(SurfaceDistances surfaces) {
        return Double.isInfinite(surfaces.hausdorff()) ? surfaces.hausdorff() : surfaces.hausdorffFromPrediction(100);
    }

    private static void checkSurfaces(Case labels, double[] spacing, JsonNode expected) {
        checkTable(labels, spacing, s -> s.hausdorff(95), expected.get("hd95"), DISTANCE_TOLERANCE);
        checkTable(labels, spacing, SurfaceDistances::hausdorff, expected.get("hd100"), DISTANCE_TOLERANCE);
        checkTable(labels, spacing, SurfaceDistances::mean, expected.get("assd_symmetric"), DISTANCE_TOLERANCE);
        ScoreTable table = new ScoreTable();
        JsonNode tolerances = expected.get("nsd_class_thresholds");
        for (int sample = 0; sample < labels.samples(); sample++) {
            double[] scores = new double[labels.classes() - 1];
            for (int label = 1; label < labels.classes(); label++) {
                double tolerance = tolerances.get(label - 1).asDouble();
                scores[label - 1] = labels.surfaces(sample, spacing, s -> s.surfaceDice(tolerance))[label - 1];
            }
            assertRow(scores, expected.get("nsd").get(sample), NSD_TOLERANCE);
            table.add(scores);
        }
        assertRow(new double[] {table.mean().value()}, expected.get("nsd_aggregate_mean"), NSD_TOLERANCE);
    }

    private static void checkTable(
            Case labels,
            double[] spacing,
            ToDoubleFunction<SurfaceDistances> measure,
            JsonNode expected,
            double tolerance) {
        assertThat(expected.size()).isEqualTo(labels.samples());
        for (int sample = 0; sample < labels.samples(); sample++) {
            assertRow(labels.surfaces(sample, spacing, measure), expected.get(sample), tolerance);
        }
    }

    private static ScoreTable diceTable(Case labels, Dice dice) {
        ScoreTable table = new ScoreTable();
        for (int sample = 0; sample < labels.samples(); sample++) {
            table.add(labels.dice(dice, sample));
        }
        return table;
    }

    private static void assertAggregates(List<Aggregate> actual, JsonNode expected) {
        assertRow(actual.stream().mapToDouble(Aggregate::value).toArray(), expected.get("value"), DICE_TOLERANCE);
        assertRow(actual.stream().mapToDouble(Aggregate::counted).toArray(), expected.get("not_nans"), 0);
    }

    private static void assertRow(double[] actual, JsonNode expected, double tolerance) {
        assertThatArray(actual).hasSize(expected.size());
        for (int n = 0; n < actual.length; n++) {
            JsonNode value = expected.get(n);
            if (value.isNull()) {
                assertThat(actual[n]).as("entry " + n).isNaN();
            } else if (value.isTextual()) {
                assertThat(value.asText()).isEqualTo("inf");
                assertThat(actual[n]).as("entry " + n).isEqualTo(Double.POSITIVE_INFINITY);
            } else {
                assertThat(actual[n]).as("entry " + n).isCloseTo(value.asDouble(), within(tolerance));
            }
        }
    }

    /** The label maps of one fixture file and what is expected of them. */
    private record Case(String name, JsonNode expected, Npz npz) {
        static List<Case> all() {
            return Fixtures.json("metric/metric.json").properties().stream()
                    .map(entry -> new Case(
                            entry.getKey(), entry.getValue(), Fixtures.npz("metric/labels_" + entry.getKey() + ".npz")))
                    .toList();
        }

        int classes() {
            return expected.get("num_classes").asInt();
        }

        int samples() {
            return npz.get("truth").shape()[0];
        }

        double[] dice(Dice dice, int sample) {
            return dice.perClass(labels("pred", sample), labels("truth", sample), classes());
        }

        double[] surfaces(int sample, double[] spacing, ToDoubleFunction<SurfaceDistances> measure) {
            double[] scores = new double[classes() - 1];
            for (int label = 1; label < classes(); label++) {
                scores[label - 1] = measure.applyAsDouble(SurfaceDistances.between(
                        labels("pred", sample), labels("truth", sample), label, shape(), spacing));
            }
            return scores;
        }

        private Shape3 shape() {
            int[] sizes = npz.get("truth").shape();
            return new Shape3(sizes[1], sizes[2], sizes[3]);
        }

        private byte[] labels(String array, int sample) {
            int[] all = npz.get(array).ints();
            byte[] labels = new byte[shape().length()];
            for (int n = 0; n < labels.length; n++) {
                labels[n] = (byte) all[sample * labels.length + n];
            }
            return labels;
        }
    }
}
