package io.deformux.network.torchscript;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A TorchScript module in native memory, which it owns. One thread at a time. */
public final class TorchScriptModule implements AutoCloseable {
    private final Model model;
    private final Block block;
    private final ParameterStore parameters;
    /** As the archive is written. */
    private boolean training;

    private TorchScriptModule(Model model) {
        this.model = model;
        this.block = model.getBlock();
        this.parameters = new ParameterStore(model.getNDManager(), false);
    }

    /**
     * Loads an archive.
     *
     * @param trainable whether the parameters collect gradients
     * @throws JobException {@code MODEL_INVALID} if the archive is not one, {@code DEVICE_OUT_OF_MEMORY}
     */
    public static TorchScriptModule load(Path archive, Device device, boolean trainable) {
        TorchEngine.start();
        Model model = Model.newInstance("deformux", device, "PyTorch");
        try {
            model.load(
                    archive.toAbsolutePath(),
                    null,
                    Map.of("mapLocation", "true", "trainParam", Boolean.toString(trainable)));
            return new TorchScriptModule(model);
        } catch (IOException | MalformedModelException e) {
            model.close();
            throw new JobException(FailureCode.MODEL_INVALID, "the network's archive cannot be read", e);
        } catch (EngineException e) {
            model.close();
            throw outOfMemory(e)
                    ? failure(e)
                    : new JobException(FailureCode.MODEL_INVALID, "the network's archive cannot be loaded", e);
        }
    }

    /**
     * Loads a program with these weights, through a temporary archive. On a CPU without oneDNN it convolves in slabs; on a GPU
     * the weights of one that only predicts lie as convolutions want them there.
     *
     * @throws IllegalArgumentException if they do not fit
     */
    public static TorchScriptModule of(
            TorchScriptProgram program, Weights weights, Device device, Precision precision, boolean trainable) {
        return of(program, weights, device, precision, trainable, Products.AS_STORED);
    }

    /** What products are computed in. */
    public enum Products {
        /** What the weights are stored in. */
        AS_STORED,
        /** Bfloat16. */
        IN_BF16
    }

    /** The same with products computed otherwise. */
    public static TorchScriptModule of(
            TorchScriptProgram program,
            Weights weights,
            Device device,
            Precision precision,
            boolean trainable,
            Products products) {
        TorchScriptProgram suited = products == Products.IN_BF16 ? program.inBf16() : bounded(program, device);
        try (TemporaryArchive archive = TemporaryArchive.create()) {
            WeightLayout layout = trainable ? WeightLayout.IN_ORDER : WeightLayout.suiting(device);
            TorchScriptArchive.write(archive.file(), suited, weights, precision, layout);
            return load(archive.file(), device, trainable);
        } catch (IOException e) {
            throw new UncheckedIOException("the network cannot be written to the temporary folder", e);
        }
    }

    private static TorchScriptProgram bounded(TorchScriptProgram program, Device device) {
        boolean loops = !device.isGpu() && TorchEngine.library().withoutOneDnn();
        return loops ? program.inSlabs(SlabSource.BUFFER) : program;
    }

    public Block block() {
        return block;
    }

    /** Where it runs. */
    public Device device() {
        return model.getNDManager().getDevice();
    }

    /** What the parameters are stored in. */
    public Precision precision() {
        NDArray any = block.getParameters().valueAt(0).getArray();
        return switch (any.getDataType()) {
            case FLOAT16 -> Precision.FP16;
            case BFLOAT16 -> Precision.BF16;
            default -> Precision.FP32;
        };
    }

    /**
     * A copy of the weights, as float.
     *
     * @param modules what it should be made of: tells what training gathers, which DJL does not show
     */
    public Weights weights(ModuleTree modules) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        try (NDManager scope = newScope()) {
            for (Pair<String, Parameter> entry : block.getParameters()) {
                found.put(
                        entry.getValue().getName(), copy(scope, entry.getValue().getArray()));
            }
            running(scope, modules).forEach((name, array) -> found.put(name, copy(scope, array)));
        }
        Map<String, Tensor> inOrder = new LinkedHashMap<>();
        modules.shapes().keySet().stream()
                .filter(found::containsKey)
                .forEach(name -> inOrder.put(name, found.get(name)));
        found.forEach(inOrder::putIfAbsent);
        return new Weights(inOrder);
    }

    private static Tensor copy(NDManager scope, NDArray array) {
        int[] shape = Arrays.stream(array.getShape().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        NDArray copy = array.toType(DataType.FLOAT32, true);
        copy.attach(scope);
        float[] values = copy.toFloatArray();
        copy.close();
        return new Tensor(shape, values);
    }

    /**
     * What training gathers, by name: the values in place, so that writing to them changes the module.
     *
     * @param scope owns the arrays
     * @throws JobException {@code NETWORK_FAILED} if the module gathers nothing
     */
    public Map<String, NDArray> running(NDManager scope, ModuleTree modules) {
        List<String> names = modules.running();
        Map<String, NDArray> running = new LinkedHashMap<>();
        if (!names.isEmpty()) {
            NDList arrays = call(ModuleClasses.RUNNING, new NDList(scope.zeros(new Shape(1))), false);
            for (int i = 0; i < names.size(); i++) {
                running.put(names.get(i), arrays.get(i));
            }
        }
        return running;
    }

    /** A scope for the arrays of one call, on the module's device. */
    public NDManager newScope() {
        return model.getNDManager().newSubManager();
    }

    /**
     * Runs a method.
     *
     * @param inputs what the method takes; the result lives in the first one's scope
     * @param training what {@code self.training} is in all modules
     * @throws JobException {@code DEVICE_OUT_OF_MEMORY} or {@code NETWORK_FAILED}
     */
    public NDList call(String method, NDList inputs, boolean training) {
        setMode(training);
        // What a GPU is given from here is waited for, with all that it has to do before.
        try (NDManager names = model.getNDManager().newSubManager(Device.cpu())) {
            NDList all = new NDList(inputs);
            if (!method.equals("forward")) {
                // DJL takes the method's name from the name of an array that is not passed on.
                NDArray name = names.create(0);
                name.setName("module_method:" + method);
                all.add(name);
            }
            return block.forward(parameters, all, training);
        } catch (EngineException e) {
            throw failure(e);
        }
    }

    /** DJL takes a module as one in training when it loads it, whatever the module says of itself. */
    private void setMode(boolean wanted) {
        if (training != wanted) {
            training = wanted;
            if (wanted) {
                JniUtils.enableTrainingMode((PtSymbolBlock) block);
            } else {
                JniUtils.enableInferenceMode((PtSymbolBlock) block);
            }
        }
    }

    @Override
    public void close() {
        model.close();
    }

    /** What went wrong in PyTorch, with its code. */
    public static JobException failure(EngineException e) {
        return outOfMemory(e)
                ? new JobException(
                        FailureCode.DEVICE_OUT_OF_MEMORY,
                        "the device has too little memory: use a smaller window or fewer windows at a time",
                        e)
                : new JobException(FailureCode.NETWORK_FAILED, "the network failed; the worker's log says why", e);
    }

    /** PyTorch says so in words only: "CUDA out of memory", "can't allocate memory", "not enough memory". */
    private static boolean outOfMemory(EngineException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("out of memory")
                || message.contains("not enough memory")
                || message.contains("allocate memory");
    }
}
