package io.deformux.schemas;

import java.util.List;

/**
 * How a fold is trained.
 *
 * @param iterations optimizer steps
 * @param validationInterval steps between two validations
 * @param batchSize volumes per step
 * @param cropsPerVolume crops taken of each volume of a step
 * @param roi crop and window size in voxels (d, h, w), multiples of 16
 * @param learningRate step size
 * @param optimizer the rule
 * @param weightDecay decay of the weights per step, relative to the learning rate
 * @param augment whether intensity shifts and random affine transforms vary the crops
 */
public record TrainingSettings(
        int iterations,
        int validationInterval,
        int batchSize,
        int cropsPerVolume,
        List<Integer> roi,
        double learningRate,
        Optimizer optimizer,
        double weightDecay,
        boolean augment) {
    /** The published recipe: 60 000 steps, validation every 500, two crops of 96 x 96 x 96 of one volume, AdamW. */
    public static final TrainingSettings REFERENCE =
            new TrainingSettings(60_000, 500, 1, 2, List.of(96, 96, 96), 1e-4, Optimizer.ADAMW, 0.01, true);

    /** Settings; the size is copied. */
    public TrainingSettings {
        roi = List.copyOf(roi);
    }
}
