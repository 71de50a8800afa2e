package io.deformux.network.checkpoint;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.weights.Weights;

/**
 * Weights and the configuration that their shapes tell.
 *
 * @param config fits the weights
 * @param weights everything that the configuration asks for and nothing more, all finite
 */
public record ConfiguredWeights<C extends NetworkConfig>(C config, Weights weights) {

    /**
     * Tells the configuration, as {@link Architecture#configOf} does.
     *
     * @throws io.deformux.failure.JobException MODEL_INVALID listing the tensors that are missing, extra, wrongly shaped
     *     or not finite
     */
    public static <C extends NetworkConfig> ConfiguredWeights<C> of(Architecture<C> architecture, Weights weights) {
        try {
            C config = architecture.configOf(weights);
            config.modules().requireFit(weights);
            return new ConfiguredWeights<>(config, weights);
        } catch (IllegalArgumentException e) {
            throw CheckpointRefusal.because(e.getMessage());
        }
    }
}
