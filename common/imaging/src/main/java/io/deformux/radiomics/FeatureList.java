package io.deformux.radiomics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Features by name, in the order in which they came. One that is no number, such as a ratio of nothing, is left out. */
final class FeatureList {
    private final Map<String, Double> features = new LinkedHashMap<>();

    FeatureList with(String name, double value) {
        if (Double.isFinite(value)) {
            features.put(name, value);
        }
        return this;
    }

    Map<String, Double> all() {
        return Collections.unmodifiableMap(features);
    }
}
