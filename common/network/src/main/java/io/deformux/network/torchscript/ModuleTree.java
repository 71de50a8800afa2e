package io.deformux.network.torchscript;

import io.deformux.network.weights.CounterRandom;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A TorchScript module: its class, its own parameters by name with their shapes, and its submodules, in the order in
 * which a state dict lists them (own parameters first).
 *
 * @param type the qualified class name, such as {@code __torch__.deformux.blocks.LayerNorm}
 * @param parameters own parameters and their shapes
 * @param attributes other attributes, and how each is pickled
 * @param children submodules; the same one at several places is one object
 */
public record ModuleTree(
        String type,
        Map<String, int[]> parameters,
        Map<String, Consumer<PickleWriter>> attributes,
        Map<String, ModuleTree> children) {

    /** The archive is a ZIP without the 64-bit extension: all values together stay below 4 GiB. */
    private static final long MOST_VALUES = 1_000_000_000;

    /** Keeps the order. */
    public ModuleTree {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    /** A module of parameters and submodules alone. */
    public ModuleTree(String type, Map<String, int[]> parameters, Map<String, ModuleTree> children) {
        this(type, parameters, Map.of(), children);
    }

    /** The submodule at a dotted path, this module for the empty path. */
    public ModuleTree at(String path) {
        ModuleTree at = this;
        for (String name : path.isEmpty() ? new String[0] : path.split("\\.")) {
            at = at.children.get(name);
            if (at == null) {
                throw new IllegalArgumentException("no module " + path);
            }
        }
        return at;
    }

    /** The shape of every parameter by its dotted name, in state-dict order. */
    public Map<String, int[]> shapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        collect("", shapes);
        return Collections.unmodifiableMap(shapes);
    }

    private void collect(String prefix, Map<String, int[]> shapes) {
        parameters.forEach((name, shape) -> shapes.put(prefix + name, shape));
        children.forEach((name, child) -> child.collect(prefix + name + ".", shapes));
    }

    /** The number of values of all parameters together. */
    public long count() {
        return shapes().values().stream().mapToLong(Tensor::length).sum();
    }

    /**
     * This tree.
     *
     * @throws IllegalArgumentException if there are more than a billion values
     */
    public ModuleTree requireStorable() {
        if (count() > MOST_VALUES) {
            throw new IllegalArgumentException(count() + " parameters are too many: the limit is " + MOST_VALUES);
        }
        return this;
    }

    /**
     * Checks that these are the weights of these modules, all of them and no other.
     *
     * @throws IllegalArgumentException as {@link Weights#requireFit} tells
     */
    public void requireFit(Weights weights) {
        weights.requireFit(shapes());
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
    public Weights randomWeights(long seed) {
        Map<String, int[]> shapes = shapes();
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
}
