package io.deformux.network.architecture.layered;

/**
 * Prepares blocks of one kind.
 *
 * @param <B> the modules of a block
 */
@FunctionalInterface
public interface BlockLayers<B> {

    /** The block of these modules with its weights. */
    BlockPass prepare(B modules, LayerWeights weights);
}
