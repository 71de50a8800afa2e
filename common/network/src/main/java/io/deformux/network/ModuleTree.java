package io.deformux.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
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
record ModuleTree(
        String type,
        Map<String, int[]> parameters,
        Map<String, Consumer<PickleWriter>> attributes,
        Map<String, ModuleTree> children) {

    ModuleTree {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    /** A module of parameters and submodules alone. */
    ModuleTree(String type, Map<String, int[]> parameters, Map<String, ModuleTree> children) {
        this(type, parameters, Map.of(), children);
    }

    /** The submodule at a dotted path, this module for the empty path. */
    ModuleTree at(String path) {
        ModuleTree at = this;
        for (String name : path.isEmpty() ? new String[0] : path.split("\\.")) {
            at = at.children.get(name);
            if (at == null) {
                throw new IllegalArgumentException("no module " + path);
            }
        }
        return at;
    }

    /** Visits every parameter with its dotted name, in state-dict order. */
    void eachParameter(BiConsumer<String, int[]> visitor) {
        visit("", visitor);
    }

    private void visit(String prefix, BiConsumer<String, int[]> visitor) {
        parameters.forEach((name, shape) -> visitor.accept(prefix + name, shape));
        children.forEach((name, child) -> child.visit(prefix + name + ".", visitor));
    }
}
