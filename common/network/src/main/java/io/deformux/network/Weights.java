package io.deformux.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

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

    /**
     * Weights to train from scratch, the same for the same seed on every machine.
     *
     * <p>As the reference starts: convolution weights and biases uniform within plus or minus 1/sqrt(fan in), where the
     * fan in is the number of weights at one index of the first axis (for a transposed convolution that axis is the
     * input channels, as PyTorch counts); the convolutions that predict offsets zero; norms 1
     * and 0; gamma 1e-6. The numbers come from {@link CounterRandom}: value i of parameter k (both counted in
     * state-dict order from 0) is {@code bound * (2 u - 1)}, in double, rounded once to float.
     */
    public static Weights random(NetworkConfig config, long seed) {
        Map<String, int[]> shapes = NetworkParameters.of(config).shapes();
        CounterRandom random = new CounterRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int parameter = 0;
        for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
            String name = entry.getKey();
            float[] values = new float[Math.toIntExact(Tensor.length(entry.getValue()))];
            int[] kernel = shapes.getOrDefault(name.replaceFirst("bias$", "weight"), new int[0]);
            if (name.endsWith("gamma")) {
                Arrays.fill(values, 1e-6f);
            } else if (name.contains("conv_offset")) {
                Arrays.fill(values, 0);
            } else if (kernel.length == 1) {
                Arrays.fill(values, name.endsWith("weight") ? 1 : 0);
            } else {
                double bound = 1 / Math.sqrt((double) Tensor.length(kernel) / kernel[0]);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (bound * (2 * random.uniform(parameter, i) - 1));
                }
            }
            tensors.put(name, new Tensor(entry.getValue(), values));
            parameter++;
        }
        return new Weights(tensors);
    }

    /** The weights as a precision holds them; what is too large for it becomes infinite. */
    Weights rounded(Precision precision) {
        if (precision == Precision.FP32) {
            return this;
        }
        Map<String, Tensor> rounded = new LinkedHashMap<>();
        tensors.forEach(
                (name, tensor) -> rounded.put(name, new Tensor(tensor.shape(), precision.rounded(tensor.values()))));
        return new Weights(rounded);
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
     * Checks that these are weights of a network of that configuration: every parameter there, none more, each of its
     * shape, all values finite.
     *
     * @throws IllegalArgumentException listing every tensor that is missing, extra, wrongly shaped or not finite, up to
     *     {@value #MOST_LISTED}, and how many there are
     */
    public void requireFit(NetworkConfig config) {
        Map<String, int[]> expected = NetworkParameters.of(config).shapes();
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

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
