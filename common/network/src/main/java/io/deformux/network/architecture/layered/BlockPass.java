package io.deformux.network.architecture.layered;

import io.deformux.network.cpu.FeatureMap;

/** A part of a network with its weights, ready to be computed: a block of the backbone, or what a skip goes through. */
@FunctionalInterface
public interface BlockPass {

    /** Computes the part and closes its input; the result belongs to the caller, and has the same shape if it is a block's. */
    FeatureMap apply(FeatureMap x, LayerRun run);
}
