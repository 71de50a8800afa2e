package io.deformux.network.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/**
 * Values for the parameters of a network, by state-dict name. The arrays are held, not copied.
 *
 * @param tensors name to values, in order
 */
public record Weights(Map<String, Tensor> tensors) {
    private static final int MOST_LISTED = 200;

    /** Keeps the order. */
    public Weights {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** The weights as a precision holds them; what is too large for it becomes infinite. */
    public Weights rounded(Precision precision) {
        if (precision == Precision.FP32) {
            return this;
        }
        Map<String, Tensor> rounded = new LinkedHashMap<>();
        tensors.forEach(
                (name, tensor) -> rounded.put(name, new Tensor(tensor.shape(), precision.rounded(tensor.values()))));
        return new Weights(rounded);
    }

    /** The weights but those of some names: the tables and counters that state dicts have beside what is learned. */
    public Weights without(Predicate<String> dropped) {
        Map<String, Tensor> kept = new LinkedHashMap<>(tensors);
        kept.keySet().removeIf(dropped);
        return new Weights(kept);
    }

    /** The values of one parameter. */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new NoSuchElementException("no parameter " + name);
        }
        return tensor;
    }

    /**
     * Checks that every one of these names is there, none more, each of its shape, all values finite.
     *
     * @param expected name to shape
     * @throws IllegalArgumentException listing every tensor that is missing, extra, wrongly shaped or not finite, up to
     *     {@value #MOST_LISTED}, and how many there are
     */
    public void requireFit(Map<String, int[]> expected) {
        List<String> faults = new ArrayList<>();
        expected.forEach((name, shape) -> {
            Tensor tensor = tensors.get(name);
            if (tensor == null) {
                faults.add("missing " + name);
            } else if (!Arrays.equals(tensor.shape(), shape)) {
                faults.add(name + " has shape " + Arrays.toString(tensor.shape()) + " instead of "
                        + Arrays.toString(shape));
            } else if (!finite(tensor.values())) {
                faults.add(name + " holds NaN or infinity");
            }
        });
        tensors.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .forEach(name -> faults.add("extra " + name));
        if (!faults.isEmpty()) {
            List<String> listed = faults.subList(0, Math.min(faults.size(), MOST_LISTED));
            throw new IllegalArgumentException("the weights do not fit the network ("
                    + faults.size() + " tensors): " + String.join("; ", listed)
                    + (listed.size() < faults.size() ? "; and " + (faults.size() - listed.size()) + " more" : ""));
        }
    }

    /** Whether no value is NaN or infinite. */
    public boolean finite() {
        return tensors.values().stream().allMatch(tensor -> finite(tensor.values()));
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
