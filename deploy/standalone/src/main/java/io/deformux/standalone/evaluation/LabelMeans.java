package io.deformux.standalone.evaluation;

import io.deformux.evaluation.LabelScore;
import io.deformux.evaluation.LabelScore.Presence;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The scores of one label over all cases. Cases that have it on neither side do not count; a missed or spurious structure
 * counts with Dice and NSD 0 and an infinite distance, so it makes the mean distance infinite and ranks worst in the median.
 *
 * @param label the class
 * @param all one score per case
 */
record LabelMeans(int label, List<LabelScore> all) {

    /** How many cases have the structure so. */
    long count(Presence presence) {
        return all.stream().filter(score -> score.presence() == presence).count();
    }

    /** The cases that count: at least one side has the structure. */
    long counted() {
        return all.size() - count(Presence.ABSENT);
    }

    /** The mean over the cases that count. */
    double mean(ToDoubleFunction<LabelScore> measure) {
        return all.stream()
                .filter(score -> score.presence() != Presence.ABSENT)
                .mapToDouble(measure)
                .average()
                .orElse(Double.NaN);
    }

    /** The mean over the cases that have the structure on both sides. */
    double meanOfFound(ToDoubleFunction<LabelScore> measure) {
        return all.stream()
                .filter(score -> score.presence() == Presence.FOUND)
                .mapToDouble(measure)
                .average()
                .orElse(Double.NaN);
    }

    /** The median over the cases that count; infinite where it falls to a structure that one side lacks. */
    double median(ToDoubleFunction<LabelScore> measure) {
        double[] sorted = all.stream()
                .filter(score -> score.presence() != Presence.ABSENT)
                .mapToDouble(measure)
                .sorted()
                .toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
