package io.deformux.network.architecture.layered;

import io.deformux.network.cpu.FeatureMap;

/** A block of the backbone with its weights, ready to be computed. */
@FunctionalInterface
public interface BlockPass {

    /** Computes the block and closes its input; the result has the same shape and belongs to the caller. */
    FeatureMap apply(FeatureMap x, LayerRun run);
}
