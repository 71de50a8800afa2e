package io.deformux.worker.train.crossvalidation;

import io.deformux.worker.train.job.FoldResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The folds of a cross-validation and their scores.
 *
 * @param labels the class names, the background first
 * @param folds in order
 */
public record CrossValidationResult(List<String> labels, List<FoldResult> folds) {

    /**
     * A mean over folds.
     *
     * @param mean NaN if no fold has a value
     * @param deviation the standard deviation of the sample (n - 1); 0 for one fold
     */
    public record Score(double mean, double deviation) {

        static Score of(double... values) {
            double[] known =
                    Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
            double mean = Arrays.stream(known).average().orElse(Double.NaN);
            double squares = Arrays.stream(known)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
            return new Score(mean, known.length < 2 ? 0 : Math.sqrt(squares / (known.length - 1)));
        }

        @Override
        public String toString() {
            return "%.4f ± %.4f".formatted(mean, deviation);
        }
    }

    /** Keeps copies. */
    public CrossValidationResult {
        labels = List.copyOf(labels);
        folds = List.copyOf(folds);
    }

    /** The Dice of every class over the folds. */
    public List<Score> dicePerLabel() {
        return IntStream.range(0, labels.size())
                .mapToObj(label -> Score.of(folds.stream()
                        .mapToDouble(fold -> fold.best().dicePerLabel().get(label))
                        .toArray()))
                .toList();
    }

    /** The mean Dice over all classes but the background. */
    public Score foregroundDice() {
        return Score.of(
                folds.stream().mapToDouble(fold -> fold.best().foreground()).toArray());
    }

    /** The number that the reference reports: the mean of running means, the background included. */
    public Score referenceDice() {
        return Score.of(folds.stream().mapToDouble(fold -> fold.best().mean()).toArray());
    }
}
