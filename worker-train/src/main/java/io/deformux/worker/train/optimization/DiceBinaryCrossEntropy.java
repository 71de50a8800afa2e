package io.deformux.worker.train.optimization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import java.util.List;
import java.util.OptionalInt;

/**
 * The loss of regions, each learned by itself (nnU-Net's DC_and_BCE_loss): soft Dice of the sigmoid plus binary cross
 * entropy, equally weighted. Dice is that of {@link DiceCrossEntropy}, over the regions; cross entropy is the mean over
 * voxels and regions, {@code max(x, 0) - x t + ln(1 + e^-|x|)} of a logit x and a truth t. PyTorch derives its gradient.
 *
 * <p>Voxels that have no class count for neither. nnU-Net sums the cross entropy over the regions then, which makes it as
 * many times heavier; here it is the mean in either case.
 */
public final class DiceBinaryCrossEntropy implements VoxelLoss {
    private final List<List<Integer>> regions;

    /**
     * A loss.
     *
     * @param regions of each output the labels that its region is made of
     */
    public DiceBinaryCrossEntropy(List<List<Integer>> regions) {
        this.regions = regions.stream().map(List::copyOf).toList();
    }

    @Override
    public NDArray of(NDArray logits, NDArray labels, OptionalInt ignored) {
        NDArray truth = truth(logits, labels);
        NDArray probabilities = Activation.sigmoid(logits);
        NDArray entropies = logits.maximum(0)
                .sub(logits.mul(truth))
                .add(logits.abs().neg().exp().add(1).log());
        if (ignored.isEmpty()) {
            return DiceCrossEntropy.dice(probabilities, truth).add(entropies.mean());
        }
        NDArray known = labels.neq(ignored.getAsInt()).toType(logits.getDataType(), false);
        NDArray count = known.sum().maximum(1).mul(regions.size());
        return DiceCrossEntropy.dice(probabilities.mul(known), truth)
                .add(entropies.mul(known).sum().div(count));
    }

    /** 1 where a voxel is in a region: (n, regions, d, h, w). */
    private NDArray truth(NDArray logits, NDArray labels) {
        NDList each = new NDList();
        for (List<Integer> values : regions) {
            NDArray inside = labels.eq(values.get(0));
            for (int value : values.subList(1, values.size())) {
                inside = inside.logicalOr(labels.eq(value));
            }
            each.add(inside.toType(logits.getDataType(), false));
        }
        return NDArrays.concat(each, 1);
    }
}
