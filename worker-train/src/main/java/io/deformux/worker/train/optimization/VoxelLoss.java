package io.deformux.worker.train.optimization;

import ai.djl.ndarray.NDArray;
import java.util.OptionalInt;

/** What is minimised of one output of a network. */
public interface VoxelLoss {
    /**
     * The loss, a scalar in the scope of the logits.
     *
     * @param logits (n, outputs, d, h, w)
     * @param labels (n, 1, d, h, w), classes as unsigned bytes, on the same device
     * @param ignored the value of labels that are no class; empty if all are
     */
    NDArray of(NDArray logits, NDArray labels, OptionalInt ignored);
}
