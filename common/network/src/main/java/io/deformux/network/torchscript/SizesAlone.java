package io.deformux.network.torchscript;

import java.util.Map;
import java.util.function.Supplier;

/** Tensors without memory: each repeats one number. */
final class SizesAlone implements ModulePickle.Tensors {
    private static final String FLOAT = "0";
    private static final String LONG = "1";

    @Override
    public void tensor(PickleWriter pickle, String name, int[] shape, boolean learned) {
        pickle.sizes("torch FloatStorage", FLOAT, shape);
    }

    @Override
    public void table(PickleWriter pickle, ModuleBuffer.Table table) {
        pickle.sizes("torch LongStorage", LONG, table.shape());
    }

    @Override
    public Map<String, Supplier<byte[]>> storages() {
        return Map.of(FLOAT, () -> new byte[Float.BYTES], LONG, () -> new byte[Long.BYTES]);
    }
}
