package io.deformux.network.torchscript;

import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pickle of a module tree in an archive, and the tensors whose bytes lie beside it. */
final class ModulePickle {
    private final PickleWriter pickle = new PickleWriter();
    private final Map<String, Tensor> storages = new LinkedHashMap<>();
    private final Map<ModuleTree, Integer> shared = new IdentityHashMap<>();
    private final Weights weights;
    private final Precision precision;

    /** An empty pickle of modules with these weights. */
    ModulePickle(Weights weights, Precision precision) {
        this.weights = weights;
        this.precision = precision;
    }

    /** Writes the tree; once. */
    void write(ModuleTree root) {
        write(root, "");
    }

    private void write(ModuleTree module, String prefix) {
        if (shared.containsKey(module)) {
            pickle.recall(shared.get(module));
            return;
        }
        Map<String, Runnable> attributes = new LinkedHashMap<>();
        module.parameters().forEach((name, shape) -> attributes.put(name, () -> tensor(prefix + name, shape)));
        attributes.put("training", () -> pickle.bool(false));
        module.attributes().forEach((name, value) -> attributes.put(name, () -> value.accept(pickle)));
        module.children().forEach((name, child) -> attributes.put(name, () -> write(child, prefix + name + ".")));
        pickle.object(module.type(), attributes);
        if (!module.attributes().isEmpty()) {
            shared.put(module, shared.size());
            pickle.remember(shared.get(module));
        }
    }

    private void tensor(String name, int[] shape) {
        String key = "" + storages.size();
        storages.put(key, weights.get(name));
        pickle.tensor(precision.storageType(), key, shape);
    }

    /** By key, the values of {@code data/KEY}, in order. */
    Map<String, Tensor> storages() {
        return storages;
    }

    /** Ends the pickle and gives its bytes. */
    byte[] bytes() {
        return pickle.bytes();
    }
}
