package io.deformux.worker.train.optimization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.OptionalInt;

/**
 * The loss of the reference: soft Dice plus cross entropy, equally weighted (MONAI 0.9 {@code DiceCELoss} with
 * {@code to_onehot_y} and {@code softmax}). PyTorch derives its gradient, so it runs wherever the network runs.
 *
 * <p>Cross entropy is the mean over all voxels. Dice is {@code 1 - (2 sum(p g) + s) / (sum(p) + sum(g) + s)} with s =
 * 1e-5 and sums over the voxels of one class of one sample, averaged over classes (the background and absent ones
 * included) and samples.
 */
public final class DiceCrossEntropy implements VoxelLoss {
    private static final float SMOOTH = 1e-5f;
    private static final int[] VOXELS = {2, 3, 4};

    /**
     * The parts of the loss, scalars in the scope of the logits.
     *
     * @param dice from 0 (perfect) to 1
     * @param crossEntropy in nats
     */
    public record Loss(NDArray dice, NDArray crossEntropy) {

        /** What is minimised. */
        public NDArray total() {
            return dice.add(crossEntropy);
        }
    }

    @Override
    public NDArray of(NDArray logits, NDArray labels, OptionalInt ignored) {
        return (ignored.isEmpty() ? of(logits, labels) : where(ignored.getAsInt(), logits, labels)).total();
    }

    /**
     * Computes the loss.
     *
     * @param logits (n, classes, d, h, w)
     * @param labels (n, 1, d, h, w), classes as unsigned bytes, on the same device
     */
    public Loss of(NDArray logits, NDArray labels) {
        NDArray truth = truth(logits, labels);
        NDArray logarithms = logits.logSoftmax(1);
        Shape shape = logits.getShape();
        NDArray crossEntropy = logarithms.mul(truth).sum().div(-(float) (shape.size() / shape.get(1)));
        return new Loss(dice(logarithms.exp(), truth), crossEntropy);
    }

    /**
     * The same over those voxels alone that have a class, as nnU-Net does with its ignore label; 0 if none has.
     *
     * @param ignored the value in {@code labels} of the others, beyond the classes
     */
    public Loss where(int ignored, NDArray logits, NDArray labels) {
        NDArray truth = truth(logits, labels);
        NDArray known = labels.neq(ignored).toType(logits.getDataType(), false);
        NDArray logarithms = logits.logSoftmax(1);
        NDArray crossEntropy =
                logarithms.mul(truth).sum().mul(-1).div(known.sum().maximum(1));
        return new Loss(dice(logarithms.exp().mul(known), truth), crossEntropy);
    }

    /** 1 where a voxel is of a class: (n, classes, d, h, w). */
    private static NDArray truth(NDArray logits, NDArray labels) {
        NDManager scope = logits.getManager();
        long count = logits.getShape().get(1);
        NDArray classes = scope.arange(0, (int) count, 1, DataType.UINT8).reshape(1, count, 1, 1, 1);
        return labels.eq(classes).toType(logits.getDataType(), false);
    }

    /** 1 minus the mean soft Dice of (n, classes, d, h, w). */
    static NDArray dice(NDArray probabilities, NDArray truth) {
        NDArray overlap = probabilities.mul(truth).sum(VOXELS);
        NDArray sizes = probabilities.sum(VOXELS).add(truth.sum(VOXELS));
        NDArray coefficient = overlap.mul(2).add(SMOOTH).div(sizes.add(SMOOTH));
        return coefficient.mean().mul(-1).add(1);
    }
}
