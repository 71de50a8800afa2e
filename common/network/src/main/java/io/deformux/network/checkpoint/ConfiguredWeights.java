package io.deformux.network.checkpoint;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.weights.Weights;

/**
 * Weights and the configuration that their shapes tell.
 *
 * @param config fits the weights
 * @param weights everything that the configuration asks for and nothing more, all finite
 */
public record ConfiguredWeights<C extends NetworkConfig>(C config, Weights weights) {

    /**
     * Tells the configuration, as {@link Architecture#configOf} does, of weights as they come from anywhere.
     *
     * @param given settings that a person says
     * @throws io.deformux.failure.JobException MODEL_INVALID listing the tensors that are missing, extra, wrongly shaped
     *     or not finite
     */
    public static <C extends NetworkConfig> ConfiguredWeights<C> of(
            Architecture<C> architecture, Weights checkpoint, NetworkSettings given) {
        try {
            architecture.configured(1, 2, given);
            Weights weights = architecture.imported(checkpoint);
            C config = architecture.configOf(weights, given);
            requireAgreement(config.settings(), given);
            config.modules().requireFit(weights);
            return new ConfiguredWeights<>(config, weights);
        } catch (IllegalArgumentException e) {
            throw CheckpointRefusal.because(e.getMessage());
        }
    }

    private static void requireAgreement(NetworkSettings told, NetworkSettings given) {
        for (String name : given.names()) {
            if (!told.json().get(name).equals(given.json().get(name))) {
                throw new IllegalArgumentException("the setting " + name + " is given as "
                        + given.json().get(name) + ", but the weights say "
                        + told.json().get(name));
            }
        }
    }
}
