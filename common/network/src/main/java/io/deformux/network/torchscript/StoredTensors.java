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
    private final WeightLayout layout;

    StoredTensors(Weights weights, Precision precision, WeightLayout layout) {
        this.weights = weights;
        this.precision = precision;
        this.layout = layout;
    }

    @Override
    public void tensor(PickleWriter pickle, String name, int[] shape, boolean learned) {
        Tensor tensor = weights.get(name);
        String key = store(() -> bytes(tensor));
        pickle.tensor(precision.storageType(), key, tensor.shape(), layout.strides(tensor.shape()), learned);
    }

    @Override
    public void table(PickleWriter pickle, ModuleBuffer.Table table) {
        int[] strides = WeightLayout.IN_ORDER.strides(table.shape());
        pickle.tensor("torch LongStorage", store(() -> bytes(table)), table.shape(), strides, false);
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
        precision.put(layout.ordered(tensor), bytes);
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
