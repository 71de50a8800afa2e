package io.deformux.worker.train.job;

import java.util.Optional;

/**
 * How far a fold is.
 *
 * @param fold its number
 * @param iteration steps done
 * @param iterations steps in all
 * @param loss of the last step
 * @param learningRate of the last step
 * @param validation the latest validation, if there was one
 * @param secondsLeft how long the rest will take at the pace since this run started, validations included
 */
public record TrainingProgress(
        int fold,
        int iteration,
        int iterations,
        double loss,
        double learningRate,
        Optional<ValidationScore> validation,
        double secondsLeft) {}
