package io.deformux.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The learned parameters of a configuration: the reference's state-dict names in its order, with their shapes.
 *
 * @param shapes name to shape, in state-dict order
 */
public record NetworkParameters(Map<String, int[]> shapes) {
    /** The archive is a ZIP without the 64-bit extension: all values together stay below 4 GiB. */
    private static final long MAX_COUNT = 1_000_000_000;

    /** Keeps the order. */
    public NetworkParameters {
        shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
    }

    /**
     * The parameters of a network of that configuration.
     *
     * @throws IllegalArgumentException if there are more than a billion values
     */
    public static NetworkParameters of(NetworkConfig config) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        NetworkStructure.of(config).eachParameter(shapes::put);
        NetworkParameters parameters = new NetworkParameters(shapes);
        if (parameters.count() > MAX_COUNT) {
            throw new IllegalArgumentException(
                    parameters.count() + " parameters are too many: the limit is " + MAX_COUNT);
        }
        return parameters;
    }

    /** The number of values of all parameters together. */
    public long count() {
        return shapes.values().stream().mapToLong(Tensor::length).sum();
    }
}
