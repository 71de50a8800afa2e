package io.deformux.worker.train.fold;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.util.Collections;
import java.util.List;

/**
 * One training of a cross-validation.
 *
 * @param number counted from 0
 * @param train the ids of the cases to learn from, at least one
 * @param validation the ids of the cases to score on, at least one, none of them in {@code train}
 */
public record Fold(int number, List<String> train, List<String> validation) {

    /**
     * Checks that both lists are there and disjoint.
     *
     * @throws JobException FOLDS_INVALID
     */
    public Fold {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        if (train.isEmpty() || validation.isEmpty()) {
            throw new JobException(
                    FailureCode.FOLDS_INVALID,
                    "fold " + number + " needs a case to train on and one to validate on: take fewer folds");
        }
        if (!Collections.disjoint(train, validation)) {
            throw new JobException(
                    FailureCode.FOLDS_INVALID, "fold " + number + " validates on a case that it also trains on");
        }
    }
}
