package io.deformux.network.architecture;

import io.deformux.network.weights.Weights;

/**
 * A kind of network. To add one: a package beside {@code architecture.uxnet} and an entry in {@code network.Architectures}.
 *
 * @param <C> what one network of the kind is configured by
 */
public interface Architecture<C extends NetworkConfig> {

    /** The name that stands for it, lower case with hyphens; never changes. */
    String name();

    /**
     * The network that these settings say.
     *
     * @param inChannels channels of the image
     * @param outChannels classes, the background included
     * @param settings fields by name; what is absent is as in the published network, so the names and the published numbers
     *     never change
     * @throws IllegalArgumentException that names the field: unknown, of the wrong kind, or out of its bounds
     */
    C configured(int inChannels, int outChannels, NetworkSettings settings);

    /**
     * What a training of it has unless something else is given, where that is not as in {@link #configured}: outputs that its
     * reference trains with and does not predict with.
     */
    default NetworkSettings forTraining() {
        return NetworkSettings.NONE;
    }

    /**
     * The configuration that weights tell by their names and shapes. What they do not tell (heads, strides, an image size) is
     * as {@code given} says, and where that is silent as in the published network; so every missing tensor can be named
     * when the two are compared.
     *
     * @throws IllegalArgumentException if a number is out of its bounds
     */
    C configOf(Weights weights, NetworkSettings given);

    /**
     * The weights of a checkpoint of the reference under the names of this house: without the tables and counters that a
     * state dict has beside what is learned, each tensor once ({@link Weights#without}).
     */
    default Weights imported(Weights checkpoint) {
        return checkpoint;
    }
}
