package io.deformux.network.torchscript;

import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Tensors whose values lie beside the pickle: the weights in some precision, and tables. */
final class StoredTensors implements ModulePickle.Tensors {
    private final Map<String, Supplier<byte[]>> storages = new LinkedHashMap<>();
    private final Weights weights;
    private final Precision precision;

    StoredTensors(Weights weights, Precision precision) {
        this.weights = weights;
        this.precision = precision;
    }

    @Override
    public void tensor(PickleWriter pickle, String name, int[] shape, boolean learned) {
        Tensor tensor = weights.get(name);
        pickle.tensor(precision.storageType(), store(() -> bytes(tensor)), tensor.shape(), learned);
    }

    @Override
    public void table(PickleWriter pickle, ModuleBuffer.Table table) {
        pickle.tensor("torch LongStorage", store(() -> bytes(table)), table.shape(), false);
    }

    @Override
    public Map<String, Supplier<byte[]>> storages() {
        return storages;
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
}
