package io.deformux.network.torchscript;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The pickle of a module tree in an archive, and the tensors whose bytes lie beside it. */
final class ModulePickle {
    private final PickleWriter pickle = new PickleWriter();
    private final Map<ModuleTree, Integer> shared = new IdentityHashMap<>();
    private final ModuleClasses classes;
    private final Tensors tensors;

    /** How tensors are written. */
    interface Tensors {
        /** A tensor of the weights. */
        void tensor(PickleWriter pickle, String name, int[] shape, boolean learned);

        /** A table. */
        void table(PickleWriter pickle, ModuleBuffer.Table table);

        /** By key, the bytes of {@code data/KEY}, in order. */
        Map<String, Supplier<byte[]>> storages();
    }

    /** An empty pickle of modules with these classes. */
    ModulePickle(ModuleClasses classes, Tensors tensors) {
        this.classes = classes;
        this.tensors = tensors;
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
        module.parameters()
                .forEach((name, parameter) ->
                        attributes.put(name, () -> tensors.tensor(pickle, prefix + name, parameter.shape(), true)));
        module.buffers().forEach((name, buffer) -> attributes.put(name, () -> buffer(prefix + name, buffer)));
        attributes.put("training", () -> pickle.bool(false));
        module.attributes()
                .forEach((name, attribute) ->
                        attributes.put(name, () -> attribute.value().accept(pickle)));
        module.children().forEach((name, child) -> attributes.put(name, () -> write(child, prefix + name + ".")));
        pickle.object(classes.type(module), attributes);
        if (!module.attributes().isEmpty()) {
            shared.put(module, shared.size());
            pickle.remember(shared.get(module));
        }
    }

    private void buffer(String name, ModuleBuffer buffer) {
        if (buffer instanceof ModuleBuffer.Table table) {
            tensors.table(pickle, table);
        } else {
            tensors.tensor(pickle, name, buffer.shape(), false);
        }
    }

    /** By key, the bytes of {@code data/KEY}, in order. */
    Map<String, Supplier<byte[]>> storages() {
        return tensors.storages();
    }

    /** Ends the pickle and gives its bytes. */
    byte[] bytes() {
        return pickle.bytes();
    }
}
