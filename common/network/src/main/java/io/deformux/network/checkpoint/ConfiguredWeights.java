package io.deformux.network.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
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
            Weights weights = architecture.imported(checkpoint);
            C config = architecture.configOf(weights, given);
            NetworkSettings told = config.settings();
            requireAgreement(told, given.requireOnly(told.names().toArray(String[]::new)));
            config.modules().requireFit(weights);
            return new ConfiguredWeights<>(config, weights);
        } catch (IllegalArgumentException e) {
            throw CheckpointRefusal.because(e.getMessage());
        }
    }

    private static void requireAgreement(NetworkSettings told, NetworkSettings given) {
        for (String name : given.names()) {
            if (!given.json()
                    .get(name)
                    .equals(ConfiguredWeights::compare, told.json().get(name))) {
                throw new IllegalArgumentException("the setting " + name + " is given as "
                        + given.json().get(name) + ", but the weights say "
                        + told.json().get(name));
            }
        }
    }

    /** 0 if they are the same; a number may be written with a fraction or without. */
    private static int compare(JsonNode a, JsonNode b) {
        boolean same = a.isNumber() && b.isNumber() ? a.doubleValue() == b.doubleValue() : a.equals(b);
        return same ? 0 : 1;
    }
}
