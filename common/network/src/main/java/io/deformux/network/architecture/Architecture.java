package io.deformux.network.architecture;

import io.deformux.network.weights.Weights;

/**
 * A kind of network. To add one: a package beside {@code architecture.deformux} and an entry in {@code
 * network.Architectures}.
 *
 * @param <C> what one network of the kind is configured by
 */
public interface Architecture<C extends NetworkConfig> {

    /** The name that stands for it, lower case with hyphens; never changes. */
    String name();

    /**
     * The configuration that weights tell by their names and shapes. Where the tensor that shows a number is missing, the
     * number is that of the published network, so that every missing tensor can be named when the two are compared.
     *
     * @throws IllegalArgumentException if a number is out of its bounds
     */
    C configOf(Weights weights);
}
