package io.deformux.schemas;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
 * @param cropsAnywhere which part of the crops that are not centred on foreground lies anywhere, beyond the border too, 0 to
 *     1; absent: {@link #CROPS_ANYWHERE}; the published recipe has none, and finds organs in windows of nothing but air
 * @param variations how crops are varied beside that; absent: not
 * @param overlap of the windows of a validation, and of the model's at inference, 0 to 0.9; absent: 0.25
 * @param earlyStop after how many validations without a better one a fold ends; absent: never
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
        boolean augment,
        Optional<Double> cropsAnywhere,
        Optional<Variations> variations,
        Optional<Double> overlap,
        Optional<Integer> earlyStop) {
    /** The published recipe: 60 000 steps, validation every 500, two crops of 96 x 96 x 96 of one volume, AdamW. */
    public static final TrainingSettings REFERENCE = new TrainingSettings(
                    60_000, 500, 1, 2, List.of(96, 96, 96), 1e-4, Optimizer.ADAMW, 0.01, true)
            .withCropsAnywhere(0);

    /** The part of crops that lie anywhere where nobody says another one. */
    public static final double CROPS_ANYWHERE = 0.5;

    /** Settings; the size is copied. */
    public TrainingSettings {
        roi = List.copyOf(roi);
        Objects.requireNonNull(cropsAnywhere, "cropsAnywhere");
        Objects.requireNonNull(variations, "variations");
        Objects.requireNonNull(overlap, "overlap");
        Objects.requireNonNull(earlyStop, "earlyStop");
    }

    /** Settings of the published recipe's kind. */
    public TrainingSettings(
            int iterations,
            int validationInterval,
            int batchSize,
            int cropsPerVolume,
            List<Integer> roi,
            double learningRate,
            Optimizer optimizer,
            double weightDecay,
            boolean augment) {
        this(
                iterations,
                validationInterval,
                batchSize,
                cropsPerVolume,
                roi,
                learningRate,
                optimizer,
                weightDecay,
                augment,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same with that part of the crops that are not centred on foreground anywhere. */
    public TrainingSettings withCropsAnywhere(double part) {
        return new TrainingSettings(
                iterations,
                validationInterval,
                batchSize,
                cropsPerVolume,
                roi,
                learningRate,
                optimizer,
                weightDecay,
                augment,
                Optional.of(part),
                variations,
                overlap,
                earlyStop);
    }
}
