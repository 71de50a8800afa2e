package io.deformux.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What kind of network, and how large, apart from its output channels, which the data set's labels decide.
 *
 * @param name the architecture's name, as {@code deform-uxnet}
 * @param settings its settings by name; what is absent is as in the published network
 */
public record ArchitectureSpec(String name, Map<String, JsonNode> settings) {
    /** A specification; keeps the order. */
    public ArchitectureSpec {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
