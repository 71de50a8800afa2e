package io.deformux.parity;

import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the fixtures of single blocks hold: parameters by their names, and gradients. */
final class BlockFixtures {
    private static final String PARAMETER = "param.";

    private BlockFixtures() {}

    static Weights weights(Npz npz) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        npz.arrays().forEach((name, array) -> {
            if (name.startsWith(PARAMETER)) {
                tensors.put(name.substring(PARAMETER.length()), new Tensor(array.shape(), array.floats()));
            }
        });
        return new Weights(tensors);
    }

    /** What a gradient may be off by: a ten thousandth of its largest value. */
    static double gradientTolerance(Npz npz, String name) {
        double largest = 0;
        for (double value : npz.get(name).doubles()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return 1e-4 * largest;
    }
}
