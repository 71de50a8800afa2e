package io.deformux.standalone.evaluation;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deformux.evaluation.LabelScore;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A report as nnU-Net v2's evaluation writes it ({@code summary.json}): per case and label the counts of voxels, Dice and
 * IoU; their means, without the cases that have the label on neither side; and the means of those over the labels. What is
 * not defined is {@code NaN} as there, which Python reads.
 *
 * @param report the scores
 */
public record NnunetSummary(EvaluationReport report) {
    private static final List<String> METRICS = List.of("Dice", "IoU", "FN", "FP", "TN", "TP", "n_pred", "n_ref");

    /** Writes the file. */
    public void write(Path file) {
        JsonMapper mapper = JsonMapper.builder()
                .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                .build();
        try {
            mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), tree());
        } catch (IOException e) {
            throw new JobException(FailureCode.OUTPUT_FAILED, "the summary cannot be written to " + file, e);
        }
    }

    Map<String, Object> tree() {
        List<Map<String, Object>> perCase = new ArrayList<>();
        for (ScoredCase each : report.cases()) {
            Map<String, Object> byLabel = new LinkedHashMap<>();
            report.labels().forEach(label -> byLabel.put(label.toString(), metrics(each, label)));
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("metrics", byLabel);
            one.put("prediction_file", each.pair().prediction().toString());
            one.put("reference_file", each.pair().truth().toString());
            perCase.add(one);
        }
        Map<String, Map<String, Double>> means = new LinkedHashMap<>();
        report.labels().forEach(label -> means.put(label.toString(), mean(label)));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("foreground_mean", overLabels(means));
        tree.put("mean", means);
        tree.put("metric_per_case", perCase);
        return tree;
    }

    private Map<String, Double> mean(int label) {
        Map<String, Double> mean = new LinkedHashMap<>();
        for (String metric : METRICS) {
            mean.put(
                    metric,
                    report.cases().stream()
                            .mapToDouble(
                                    each -> metrics(each, label).get(metric).doubleValue())
                            .filter(value -> !Double.isNaN(value))
                            .average()
                            .orElse(Double.NaN));
        }
        return mean;
    }

    private static Map<String, Double> overLabels(Map<String, Map<String, Double>> means) {
        Map<String, Double> overall = new LinkedHashMap<>();
        for (String metric : METRICS) {
            overall.put(
                    metric,
                    means.values().stream()
                            .mapToDouble(mean -> mean.get(metric))
                            .average()
                            .orElse(Double.NaN));
        }
        return overall;
    }

    private static Map<String, Number> metrics(ScoredCase each, int label) {
        LabelScore score = each.of(label);
        long common = score.commonVoxels();
        long union = score.truthVoxels() + score.predictionVoxels() - common;
        Map<String, Number> metrics = new LinkedHashMap<>();
        metrics.put("Dice", score.dice());
        metrics.put("IoU", (double) common / union);
        metrics.put("FN", score.truthVoxels() - common);
        metrics.put("FP", score.predictionVoxels() - common);
        metrics.put("TN", each.voxels() - union);
        metrics.put("TP", common);
        metrics.put("n_pred", score.predictionVoxels());
        metrics.put("n_ref", score.truthVoxels());
        return metrics;
    }
}
