package io.deformux.worker.train.job;

import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.weights.Weights;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.optimization.AdamW;
import io.deformux.worker.train.random.RandomStream;
import io.deformux.worker.train.sampling.Augmentation;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a fold is trained.
 *
 * @param network the network's shape; its output channels are the classes
 * @param crop the size of crops and of validation windows, in voxels
 * @param casesPerIteration how many cases a batch takes
 * @param cropsPerCase how many crops it takes of each
 * @param anywhere which part of the crops that are not centred on foreground lies anywhere, 0 to 1; 0 in the reference
 * @param iterations how many steps in all
 * @param validationInterval after how many steps to validate and write a checkpoint; the last step always does
 * @param earlyStop after how many validations without a better one to stop; empty: never
 * @param optimizer AdamW's settings
 * @param augmentation how crops are varied
 * @param overlap the overlap of validation windows
 * @param seed where all randomness comes from: first weights, order of cases, crops, variations
 */
public record FoldSettings(
        NetworkConfig network,
        Shape3 crop,
        int casesPerIteration,
        int cropsPerCase,
        double anywhere,
        int iterations,
        int validationInterval,
        OptionalInt earlyStop,
        AdamW.Settings optimizer,
        Augmentation augmentation,
        double overlap,
        long seed) {
    private static final int MOST_ITERATIONS = 10_000_000;
    /** Sets the stream of first weights apart from that of crops. */
    private static final long WEIGHTS = 1;

    /** Throws {@link IllegalArgumentException} that names the value out of its range. */
    public FoldSettings {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(augmentation, "augmentation");
        network.requireSize(crop.d(), crop.h(), crop.w());
        within("casesPerIteration", casesPerIteration, 64);
        within("cropsPerCase", cropsPerCase, 64);
        require(anywhere >= 0 && anywhere <= 1, "the part of crops that lie anywhere must be 0 to 1, not " + anywhere);
        within("iterations", iterations, MOST_ITERATIONS);
        within("validationInterval", validationInterval, MOST_ITERATIONS);
        earlyStop.ifPresent(validations -> within("earlyStop", validations, MOST_ITERATIONS));
        require(
                optimizer.learningRate() > 0 && optimizer.learningRate() <= 1,
                "the learning rate must be above 0 and at most 1, not " + optimizer.learningRate());
        require(
                optimizer.weightDecay() >= 0 && optimizer.weightDecay() <= 1,
                "the weight decay must be 0 to 1, not " + optimizer.weightDecay());
        require(overlap >= 0 && overlap <= 0.9, "the overlap must be 0 to 0.9, not " + overlap);
    }

    /** The same as long as nothing of what a fold has done so far depends on: neither how long it goes on nor when it stops. */
    FoldSettings withoutEnd() {
        return with(1, validationInterval, OptionalInt.empty());
    }

    /** The same with another number of steps and another interval. */
    public FoldSettings withIterations(int number, int interval) {
        return with(number, interval, earlyStop);
    }

    private FoldSettings with(int number, int interval, OptionalInt stop) {
        return new FoldSettings(
                network,
                crop,
                casesPerIteration,
                cropsPerCase,
                anywhere,
                number,
                interval,
                stop,
                optimizer,
                augmentation,
                overlap,
                seed);
    }

    /** What a fold starts from where no weights are given: random ones that follow from the seed and the fold. */
    public Weights firstWeights(int fold) {
        return network.modules().randomWeights(RandomStream.seed(seed, fold, WEIGHTS));
    }

    private static void within(String name, int value, int most) {
        require(value >= 1 && value <= most, name + " must be 1 to " + most + ", not " + value);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
