package io.deformux.network.torchscript;

import io.deformux.network.weights.CounterRandom;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A module of a network and all below it: what is in it, by name. This is the one place that names and shapes come from:
 * {@link ModuleClasses} makes the classes of an archive from it, {@link #shapes} the state dict. How a module computes is
 * said in the text of its kind.
 *
 * @param kind the qualified name of the class in the text, such as {@code __torch__.deformux.blocks.LayerNorm}; modules of
 *     one kind may differ in what they hold. {@link #HOLDER} and {@link #SEQUENCE} need no text
 * @param parameters tensors that are learned
 * @param buffers tensors that are not
 * @param attributes other values
 * @param children submodules; the same one at several places is one object
 */
public record ModuleTree(
        String kind,
        Map<String, ModuleParameter> parameters,
        Map<String, ModuleBuffer> buffers,
        Map<String, ModuleAttribute> attributes,
        Map<String, ModuleTree> children) {

    /** The kind that only holds others. */
    static final String HOLDER = "__torch__.deformux.module.Holder";

    /** The kind that hands a tensor from each submodule to the next. */
    static final String SEQUENCE = "__torch__.deformux.module.Sequence";

    /** The archive is a ZIP without the 64-bit extension: all values together stay below 4 GiB. */
    private static final long MOST_VALUES = 1_000_000_000;

    /** Keeps the order. */
    public ModuleTree {
        parameters = inOrder(parameters);
        buffers = inOrder(buffers);
        attributes = inOrder(attributes);
        children = inOrder(children);
    }

    private static <T> Map<String, T> inOrder(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** A module of parameters and submodules alone. */
    public ModuleTree(String kind, Map<String, ModuleParameter> parameters, Map<String, ModuleTree> children) {
        this(kind, parameters, Map.of(), Map.of(), children);
    }

    /** A module that computes by its submodules alone. */
    public ModuleTree(String kind, Map<String, ModuleTree> children) {
        this(kind, Map.of(), children);
    }

    /** A module that only holds others. */
    public static ModuleTree holder(Map<String, ModuleTree> children) {
        return new ModuleTree(HOLDER, children);
    }

    /** The same, with their numbers as names. */
    public static ModuleTree holder(List<ModuleTree> children) {
        return holder(numbered(children));
    }

    /** Modules that each take what the one before gives. */
    public static ModuleTree sequence(List<ModuleTree> steps) {
        return new ModuleTree(SEQUENCE, numbered(steps));
    }

    /** Modules by their numbers, from 0. */
    public static Map<String, ModuleTree> numbered(List<ModuleTree> modules) {
        Map<String, ModuleTree> numbered = new LinkedHashMap<>();
        modules.forEach(module -> numbered.put("" + numbered.size(), module));
        return numbered;
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

    /** The shape of everything in the weights by its dotted name, in state-dict order: own tensors first. */
    public Map<String, int[]> shapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        state().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return Collections.unmodifiableMap(shapes);
    }

    /** The dotted names of what training gathers, in the order of {@link #shapes}. */
    public List<String> running() {
        Map<String, ModuleBuffer> buffers = new LinkedHashMap<>();
        collectBuffers("", buffers);
        buffers.values().removeIf(buffer -> !(buffer instanceof ModuleBuffer.Running));
        return List.copyOf(buffers.keySet());
    }

    private void collectBuffers(String prefix, Map<String, ModuleBuffer> all) {
        buffers.forEach((name, buffer) -> all.put(prefix + name, buffer));
        children.forEach((name, child) -> child.collectBuffers(prefix + name + ".", all));
    }

    /** The number of learned values. */
    public long count() {
        long count = 0;
        for (ModuleParameter parameter : parameters.values()) {
            count += Tensor.length(parameter.shape());
        }
        for (ModuleTree child : children.values()) {
            count += child.count();
        }
        return count;
    }

    /**
     * This tree.
     *
     * @throws IllegalArgumentException if it has more than a billion learned values
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
     * Weights to train from scratch, the same for the same seed on every machine. Tensor k in state-dict order, counted from
     * 0, takes stream k of a {@link CounterRandom}.
     */
    public Weights randomWeights(long seed) {
        CounterRandom random = new CounterRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        state().forEach((name, tensor) -> {
            int count = Math.toIntExact(Tensor.length(tensor.shape()));
            float[] values = tensor.initial().values(count, random, tensors.size());
            tensors.put(name, new Tensor(tensor.shape(), values));
        });
        return new Weights(tensors);
    }

    private Map<String, ModuleParameter> state() {
        Map<String, ModuleParameter> state = new LinkedHashMap<>();
        collect("", state);
        return state;
    }

    private void collect(String prefix, Map<String, ModuleParameter> state) {
        parameters.forEach((name, parameter) -> state.put(prefix + name, parameter));
        buffers.forEach((name, buffer) -> {
            if (buffer instanceof ModuleBuffer.Running running) {
                state.put(prefix + name, new ModuleParameter(running.shape(), new Initial.Constant(running.start())));
            }
        });
        children.forEach((name, child) -> child.collect(prefix + name + ".", state));
    }
}
