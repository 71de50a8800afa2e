package io.deformux.worker.train.optimization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import java.util.OptionalInt;

/**
 * The loss of a network that is trained by several outputs (deep supervision): the weighted sum of each one's
 * loss against the labels at its resolution, taken there by nearest neighbour. With one output, the loss of that.
 */
final class SupervisedLoss {
    private final VoxelLoss each;
    private final List<Double> weights;

    /** A loss with a weight for each output, the finest first. */
    SupervisedLoss(List<Double> weights, VoxelLoss each) {
        this.each = each;
        this.weights = List.copyOf(weights);
    }

    /**
     * The total loss, a scalar in the scope of the logits.
     *
     * @param outputs logits (n, classes, d, h, w) of sizes that divide those of the labels
     * @param labels (n, 1, d, h, w), classes as unsigned bytes, on the same device
     * @param ignored the value of labels that are no class; empty if all are
     */
    NDArray of(NDList outputs, NDArray labels, OptionalInt ignored) {
        if (outputs.size() != weights.size()) {
            throw new IllegalStateException(
                    "the network gave " + outputs.size() + " outputs for " + weights.size() + " loss weights");
        }
        NDArray total = null;
        for (int i = 0; i < weights.size(); i++) {
            NDArray logits = outputs.get(i);
            NDArray loss = each.of(logits, nearest(labels, logits), ignored);
            NDArray part = weights.get(i) == 1 ? loss : loss.mul(weights.get(i).floatValue());
            total = total == null ? part : total.add(part);
        }
        return total;
    }

    /** The labels of every voxel that stands first in one of the logits. */
    private static NDArray nearest(NDArray labels, NDArray logits) {
        long[] step = new long[3];
        for (int axis = 0; axis < step.length; axis++) {
            step[axis] = labels.getShape().get(axis + 2) / logits.getShape().get(axis + 2);
            if (step[axis] * logits.getShape().get(axis + 2)
                    != labels.getShape().get(axis + 2)) {
                throw new IllegalStateException(
                        "an output of size " + logits.getShape() + " does not divide labels of " + labels.getShape());
            }
        }
        return step[0] * step[1] * step[2] == 1
                ? labels
                : labels.get(new NDIndex(":,:,::" + step[0] + ",::" + step[1] + ",::" + step[2]));
    }
}
