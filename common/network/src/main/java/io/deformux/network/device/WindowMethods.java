package io.deformux.network.device;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.torchscript.TorchScriptProgram;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * The methods of {@code windows.py} beside this class, which says what their arrays are. None waits for the device. Owns native
 * memory; close it. One thread.
 */
final class WindowMethods implements AutoCloseable {
    private final TorchScriptModule module;

    WindowMethods(Device device) {
        this.module = TorchScriptModule.of(
                new TorchScriptProgram(
                        new ModuleTree("__torch__.deformux.windows_on_device.Windows", Map.of()),
                        Map.of(
                                SourceText.FOLDER + "windows_on_device.py",
                                SourceText.of(WindowMethods.class, "windows.py"))),
                new Weights(Map.of()),
                device,
                Precision.FP32,
                false);
    }

    /** A scope for arrays on the device. */
    NDManager newScope() {
        return module.newScope();
    }

    NDArray zeros(NDManager scope, DataType type, long... shape) {
        try {
            return scope.zeros(new Shape(shape), type);
        } catch (EngineException e) {
            throw TorchScriptModule.failure(e);
        }
    }

    /** Floats in the machine's memory, values not set, which the device copies from and to while the caller goes on. */
    NDArray onHost(NDManager scope, NDArray device, long... shape) {
        return calling(scope, numbers -> call(scope, "on_host", device, numbers.create(shape)));
    }

    /** The values of an array in the machine's memory, in place. */
    static FloatBuffer values(NDArray onHost) {
        return onHost.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    NDArray upload(NDManager scope, NDArray host, NDArray device) {
        return call(scope, "upload", host, device);
    }

    /** Windows at these places in the image, out of a slab that begins at plane {@code first}. */
    NDArray cut(NDManager scope, NDArray slab, int first, List<int[]> places, int[] roi) {
        return calling(
                scope, numbers -> call(scope, "cut", slab, places(numbers, places, first), integers(numbers, roi)));
    }

    NDArray mirror(NDManager scope, NDArray windows, int axes) {
        return calling(scope, numbers -> call(scope, "mirror", windows, integers(numbers, axes)));
    }

    void addMirrored(NDManager scope, NDArray mean, NDArray logits, int axes) {
        calling(scope, numbers -> call(scope, "add_mirrored", mean, logits, integers(numbers, axes)));
    }

    NDArray logarithms(NDManager scope, NDArray mean) {
        return call(scope, "logarithms", mean);
    }

    /** Adds the logits of member {@code m} to a ring of an image of so many planes. */
    void add(NDManager scope, PlaneRing ring, NDArray logits, NDArray profile, List<int[]> places, int depth, int m) {
        calling(
                scope,
                numbers -> call(
                        scope,
                        "add",
                        ring.sums(),
                        ring.covers(),
                        ring.finite(),
                        logits,
                        profile,
                        places(numbers, places, 0),
                        integers(numbers, depth, m)));
    }

    /** Blends planes from place {@code first} of a ring on and begins to copy them. */
    void fetch(NDManager scope, PlaneRing ring, int first, int uncovered, NDArray planes, NDArray finite) {
        calling(
                scope,
                numbers -> call(
                        scope,
                        "fetch",
                        ring.sums(),
                        ring.covers(),
                        ring.finite(),
                        planes,
                        finite,
                        integers(numbers, first, -uncovered)));
    }

    private interface WithNumbers {
        NDArray call(NDManager numbers);
    }

    private static NDArray calling(NDManager scope, WithNumbers method) {
        try (NDManager numbers = scope.newSubManager(Device.cpu())) {
            return method.call(numbers);
        }
    }

    private NDArray call(NDManager scope, String method, NDArray... inputs) {
        NDArray result = module.call(method, new NDList(inputs), false).singletonOrThrow();
        result.attach(scope);
        return result;
    }

    private static NDArray places(NDManager numbers, List<int[]> places, int from) {
        long[] all = new long[3 * places.size()];
        for (int n = 0; n < places.size(); n++) {
            for (int axis = 0; axis < 3; axis++) {
                all[3 * n + axis] = places.get(n)[axis] - (axis == 0 ? from : 0);
            }
        }
        return numbers.create(all, new Shape(places.size(), 3));
    }

    private static NDArray integers(NDManager numbers, int... values) {
        long[] all = new long[values.length];
        for (int n = 0; n < values.length; n++) {
            all[n] = values[n];
        }
        return numbers.create(all);
    }

    @Override
    public void close() {
        module.close();
    }
}
