package io.deformux.network.gpu;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.LibUtils;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import io.deformux.network.torchscript.TorchFailure;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.torchscript.TorchScriptProgram;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Single layers in TorchScript on a device, {@code layers.py} beside this class. Owns native memory; close it. One thread. */
public final class DeviceLayers implements AutoCloseable {
    private final Device device;
    private final Map<String, TorchScriptModule> modules = new HashMap<>();

    /** Layers on a device. */
    public DeviceLayers(Device device) {
        this.device = device;
    }

    private TorchScriptModule module(String name) {
        return modules.computeIfAbsent(
                name,
                layer -> TorchScriptModule.of(
                        new TorchScriptProgram(
                                new ModuleTree("__torch__.deformux.gpu_layers." + layer, Map.of()),
                                Map.of(
                                        SourceText.FOLDER + "gpu_layers.py",
                                        SourceText.of(DeviceLayers.class, "layers.py"))),
                        new Weights(Map.of()),
                        device,
                        Precision.FP32,
                        false));
    }

    /** Where they run. */
    public Device device() {
        return device;
    }

    /** The folder of the PyTorch that runs them. */
    Path libtorch() {
        return Path.of(LibUtils.getLibtorchPath());
    }

    /** A scope for arrays on the device. */
    public NDManager newScope() {
        return module("Cast").newScope();
    }

    /** Floats on the device, kept in a precision. */
    public PtNDArray values(float[] values, Shape shape, Precision precision, NDManager scope) {
        NDArray floats = scope.create(FloatBuffer.wrap(values), shape, DataType.FLOAT32);
        if (precision == Precision.FP32) {
            return (PtNDArray) floats;
        }
        try (floats) {
            return run("Cast", scope, floats, precision.torchType());
        }
    }

    /** A convolution; bias may be empty. */
    public DeviceMap convolve(DeviceMap x, PtNDArray weight, PtNDArray bias, int stride, int padding, NDManager scope) {
        return map(run("Convolution", scope, x.array(), weight, bias, stride, padding), x);
    }

    /** What a transposed convolution makes of x, and behind its channels those of a map of twice the size. */
    public DeviceMap joined(DeviceMap x, PtNDArray weight, DeviceMap skip, NDManager scope) {
        return map(run("Joined", scope, x.array(), weight, skip.array()), x);
    }

    /** The norm over the channels of each voxel. */
    public DeviceMap norm(DeviceMap x, PtNDArray weight, PtNDArray bias, NDManager scope) {
        return map(run("Norm", scope, x.array(), weight, bias), x);
    }

    /** A map like another one, values not set. */
    public DeviceMap blank(DeviceMap like, NDManager scope) {
        return map(run("Blank", scope, like.array()), like);
    }

    /** So many floats on the device, values not set. */
    PtNDArray floats(DeviceMap like, int count, NDManager scope) {
        return run("Floats", scope, like.array(), count);
    }

    /** Images (n, c, d, h, w) of floats as a map. */
    public DeviceMap image(NDArray images, Precision precision, NDManager scope) {
        return new DeviceMap(run("Image", scope, images, precision.torchType()), precision);
    }

    /** A map as logits (n, c, d, h, w) of floats. */
    public PtNDArray logits(DeviceMap x, NDManager scope) {
        return run("Logits", scope, x.array());
    }

    /** A copy of an array's values. */
    float[] read(PtNDArray array) {
        try (NDManager scope = newScope()) {
            return run("Cast", scope, array, Precision.FP32.torchType()).toFloatArray();
        }
    }

    /** Writes values into a map. */
    void copy(float[] values, DeviceMap to) {
        try (NDManager scope = newScope()) {
            PtNDArray from = values(values, to.array().getShape(), to.precision(), scope);
            run("Copy", scope, to.array(), from);
        }
    }

    private static DeviceMap map(PtNDArray array, DeviceMap like) {
        return new DeviceMap(array, like.precision());
    }

    private PtNDArray run(String layer, NDManager scope, Object... inputs) {
        IValue[] values = Arrays.stream(inputs)
                .map(input -> input instanceof Integer number ? IValue.from(number) : IValue.from((PtNDArray) input))
                .toArray(IValue[]::new);
        try (IValue output = ((PtSymbolBlock) module(layer).block()).forward(values)) {
            return output.toTensor((PtNDManager) scope);
        } catch (EngineException e) {
            throw TorchFailure.of(e);
        } finally {
            Arrays.stream(values).forEach(IValue::close);
        }
    }

    @Override
    public void close() {
        modules.values().forEach(TorchScriptModule::close);
        modules.clear();
    }
}
