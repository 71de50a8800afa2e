package io.deformux.worker.train.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a training has seen so far: the loss of every step and every validation. One thread. */
final class TrainingHistory {
    private final List<Double> losses = new ArrayList<>();
    private final List<ValidationScore> validations = new ArrayList<>();

    TrainingHistory() {}

    TrainingHistory(List<Double> losses, List<ValidationScore> validations) {
        this.losses.addAll(losses);
        this.validations.addAll(validations);
    }

    void add(double loss) {
        losses.add(loss);
    }

    void add(ValidationScore score) {
        validations.add(score);
    }

    /** How many steps are done. */
    int iteration() {
        return losses.size();
    }

    /** Index = step. */
    List<Double> losses() {
        return Collections.unmodifiableList(losses);
    }

    List<ValidationScore> validations() {
        return Collections.unmodifiableList(validations);
    }

    Optional<ValidationScore> latest() {
        return validations.isEmpty() ? Optional.empty() : Optional.of(validations.get(validations.size() - 1));
    }

    /** How many validations came after the best one. */
    int validationsSinceBest() {
        return best().map(score -> validations.size() - 1 - validations.indexOf(score))
                .orElse(0);
    }

    /** The first of the best validations. */
    Optional<ValidationScore> best() {
        return validations.stream()
                .max(Comparator.comparingDouble(ValidationScore::mean)
                        .thenComparing(ValidationScore::iteration, Comparator.reverseOrder()));
    }
}
