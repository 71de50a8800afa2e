package io.deformux.network.torchscript;

import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The pickle of a module tree in an archive, and the tensors whose bytes lie beside it. */
final class ModulePickle {
    private final PickleWriter pickle = new PickleWriter();
    private final Map<String, Supplier<byte[]>> storages = new LinkedHashMap<>();
    private final Map<ModuleTree, Integer> shared = new IdentityHashMap<>();
    private final ModuleClasses classes;
    private final Weights weights;
    private final Precision precision;

    /** An empty pickle of modules with these classes and weights. */
    ModulePickle(ModuleClasses classes, Weights weights, Precision precision) {
        this.classes = classes;
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
        module.parameters().keySet().forEach(name -> attributes.put(name, () -> tensor(prefix + name, true)));
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
            pickle.tensor("torch LongStorage", store(() -> bytes(table)), table.shape(), false);
        } else {
            tensor(name, false);
        }
    }

    private void tensor(String name, boolean learned) {
        Tensor tensor = weights.get(name);
        pickle.tensor(precision.storageType(), store(() -> bytes(tensor)), tensor.shape(), learned);
    }

    private String store(Supplier<byte[]> bytes) {
        String key = "" + storages.size();
        storages.put(key, bytes);
        return key;
    }

    private byte[] bytes(Tensor tensor) {
        ByteBuffer bytes = littleEndian(tensor.values().length, precision.bytes());
        precision.put(tensor.values(), bytes);
        return bytes.array();
    }

    private static byte[] bytes(ModuleBuffer.Table table) {
        ByteBuffer bytes = littleEndian(table.values().length, Long.BYTES);
        bytes.asLongBuffer().put(table.values());
        return bytes.array();
    }

    private static ByteBuffer littleEndian(int values, int size) {
        return ByteBuffer.allocate(Math.multiplyExact(values, size)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** By key, the bytes of {@code data/KEY}, in order. */
    Map<String, Supplier<byte[]>> storages() {
        return storages;
    }

    /** Ends the pickle and gives its bytes. */
    byte[] bytes() {
        return pickle.bytes();
    }
}
