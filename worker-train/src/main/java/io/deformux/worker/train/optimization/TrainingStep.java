package io.deformux.worker.train.optimization;

import ai.djl.ndarray.NDArray;
import io.deformux.network.TrainableNetwork;
import io.deformux.network.torchscript.GradientTape;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One iteration: forward, loss, backward, and the optimizer's update. Belongs to the thread that trains; owns the
 * optimizer's state and not the network.
 */
public final class TrainingStep implements AutoCloseable {

    /**
     * What one batch gave.
     *
     * @param loss the total loss before the update
     * @param forwardNanos how long the network and the loss took
     * @param backwardNanos how long the gradient took
     */
    public record Outcome(double loss, long forwardNanos, long backwardNanos) {}

    private final TrainableNetwork network;
    private final SupervisedLoss loss;
    private final AdamW optimizer;

    /** Steps of {@code network}, from the first, whose outputs are classes. */
    public TrainingStep(TrainableNetwork network, AdamW.Settings settings) {
        this(network, settings, new DiceCrossEntropy());
    }

    /** The same with another loss of each output. */
    public TrainingStep(TrainableNetwork network, AdamW.Settings settings, VoxelLoss each) {
        this.network = network;
        this.loss = new SupervisedLoss(network.config().lossWeights(), each);
        this.optimizer = new AdamW(
                settings,
                network.newScope(),
                network.parameters(),
                network.config().relativeRates());
    }

    /**
     * Computes the loss of a batch and adds its gradients.
     *
     * @param images (n, channels, d, h, w)
     * @param labels (n, 1, d, h, w), unsigned bytes
     */
    public Outcome learn(NDArray images, NDArray labels) {
        return learn(images, labels, OptionalInt.empty());
    }

    /** The same where some voxels have the value {@code ignored}, which is no class: they count for nothing. */
    public Outcome learn(NDArray images, NDArray labels, OptionalInt ignored) {
        long start = System.nanoTime();
        try (GradientTape tape = new GradientTape()) {
            NDArray total = loss.of(network.outputs(images), labels, ignored);
            // Reading the value waits until the device has computed it.
            double value = total.getFloat();
            long computed = System.nanoTime();
            network.backward(tape, total);
            return new Outcome(value, computed - start, System.nanoTime() - computed);
        }
    }

    /** Changes the parameters by the gradients added since the last update. */
    public void update() {
        Map<String, NDArray> gradients = network.gradients();
        optimizer.step(gradients);
        gradients.values().forEach(NDArray::close);
        network.clearGradients();
    }

    /** The optimizer, for its state. */
    public AdamW optimizer() {
        return optimizer;
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
