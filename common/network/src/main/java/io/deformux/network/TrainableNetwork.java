package io.deformux.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.CpuTrainingForm;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.TrainingPass;
import io.deformux.network.torchscript.GradientTape;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.training.TrainingKernels;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded network whose parameters collect gradients. It owns its native memory; close it. One thread at a time.
 *
 * <p>A step is: open a {@link GradientTape}, {@link #forward}, compute a scalar loss from the logits, {@link #backward};
 * then change {@link #parameters()} by {@link #gradients()} and {@link #clearGradients()}. On a CPU both passes run in Java if
 * the network has that form ({@link CpuTrainingForm#training}), else as the archive's TorchScript says ({@link TorchScriptTrainingPass}).
 */
public final class TrainableNetwork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainableNetwork.class);

    private final NetworkConfig config;
    private final TorchScriptModule module;
    private final Map<String, NDArray> parameters;
    private final TrainingPass pass;

    private TrainableNetwork(
            NetworkConfig config, TorchScriptModule module, Map<String, NDArray> parameters, TrainingPass pass) {
        this.config = config;
        this.module = module;
        this.parameters = parameters;
        this.pass = pass;
    }

    /**
     * Loads a network with these weights.
     *
     * @param weights must fit {@code config}
     * @throws IllegalArgumentException if they do not
     * @throws JobException {@code DEVICE_OUT_OF_MEMORY}
     */
    public static TrainableNetwork of(NetworkConfig config, Weights weights, Device device) {
        return device.isGpu() || config.cpuTrainingForm().isEmpty()
                ? ofTorchScript(config, weights, device, arithmetic(device))
                : of(config, weights, TrainingKernels.best());
    }

    /** In float on a CPU: few have bfloat16, and slow gradients of it. */
    private static TrainingArithmetic arithmetic(Device device) {
        return device.isGpu() && PrecisionChoice.fastBf16(device)
                ? TrainingArithmetic.MIXED_BF16
                : TrainingArithmetic.FP32;
    }

    /** A network that has a form for the CPU, to train there with these kernels. Errors as {@link #of}. */
    public static TrainableNetwork of(NetworkConfig config, Weights weights, TrainingKernels kernels) {
        CpuTrainingForm form = config.cpuTrainingForm().orElseThrow();
        LOG.info("training with {} kernels", kernels.name());
        TorchScriptModule module = TorchScriptModule.of(config.program(), weights, Device.cpu(), Precision.FP32, true);
        Map<String, NDArray> parameters = parameters(module);
        return new TrainableNetwork(config, module, parameters, form.training(parameters, kernels));
    }

    /**
     * A network that trains as its TorchScript says on every device: the twin that the fast form is tested and measured
     * against. Errors as {@link #of}.
     */
    public static TrainableNetwork ofTorchScript(NetworkConfig config, Weights weights, Device device) {
        return ofTorchScript(config, weights, device, TrainingArithmetic.FP32);
    }

    /** The same computed in a certain way. */
    static TrainableNetwork ofTorchScript(
            NetworkConfig config, Weights weights, Device device, TrainingArithmetic arithmetic) {
        LOG.info("training by TorchScript on {} in {}", Devices.name(device), arithmetic);
        TorchScriptModule module =
                TorchScriptModule.of(config.program(), weights, device, Precision.FP32, true, arithmetic.products());
        return new TrainableNetwork(
                config, module, parameters(module), new TorchScriptTrainingPass(config, module, arithmetic));
    }

    /** The values in place, outside of what a tape records. */
    private static Map<String, NDArray> parameters(TorchScriptModule module) {
        Map<String, NDArray> parameters = new LinkedHashMap<>();
        for (Pair<String, Parameter> entry : module.block().getParameters()) {
            Parameter parameter = entry.getValue();
            parameters.put(parameter.getName(), parameter.getArray().stopGradient());
        }
        return parameters;
    }

    /**
     * Proves that a step's convolutions and their gradients are computed right, by one of random values. On a CPU there is
     * nothing to prove: its kernels are our own.
     *
     * @param n crops in a step
     * @param d a crop's size in voxels; likewise {@code h} and {@code w}
     * @param seed chooses image and voxels
     * @throws JobException {@code ARITHMETIC_UNPROVEN} if not
     */
    public void requireProven(int n, int d, int h, int w, long seed) {
        pass.requireProven(n, d, h, w, seed);
    }

    /** A scope for the arrays of one step, on the network's device. */
    public NDManager newScope() {
        return module.newScope();
    }

    /**
     * Computes logits that gradients can follow from, if a tape is open.
     *
     * @param images (n, inChannels, d, h, w)
     * @return (n, outChannels, d, h, w), in the scope of {@code images}
     * @throws JobException {@code DEVICE_OUT_OF_MEMORY}, {@code DEVICE_FAILED} or {@code NETWORK_FAILED}
     */
    public NDArray forward(NDArray images) {
        return pass.forward(images);
    }

    /**
     * The same, with the other logits that the network is trained with beside: as many as {@link NetworkConfig#lossWeights}.
     *
     * @return the finest first
     */
    public NDList outputs(NDArray images) {
        return pass.outputs(images);
    }

    /**
     * Adds the gradient of a scalar that was computed from the last logits to the gradients of all parameters.
     *
     * @param tape was open meanwhile
     * @throws JobException {@code DEVICE_OUT_OF_MEMORY}
     */
    public void backward(GradientTape tape, NDArray scalar) {
        pass.backward(tape, scalar);
    }

    /** The parameters by state-dict name, in order; writing to these arrays changes the network. */
    public Map<String, NDArray> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** What has been added up since {@link #clearGradients()}, by parameter; the caller closes the arrays. */
    public Map<String, NDArray> gradients() {
        return pass.gradients();
    }

    /** Sets every gradient to 0; there must have been a backward pass. */
    public void clearGradients() {
        pass.clearGradients();
    }

    /**
     * Predicts with the parameters as they are, between two steps, by the forward pass of the training.
     *
     * <p>Parameters and errors as {@link PredictingNetwork#forward}.
     */
    public void predict(FloatBuffer image, int n, int d, int h, int w, Consumer<FloatBuffer> result) {
        config.requireSize(d, h, w);
        pass.predict(image, n, d, h, w, result);
    }

    /** What it was made with. */
    public NetworkConfig config() {
        return config;
    }

    /** A copy of the weights. */
    public Weights weights() {
        ModuleTree modules = config.modules();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (NDManager scope = module.newScope()) {
            Map<String, NDArray> all = all(scope, modules);
            modules.shapes()
                    .forEach((name, shape) ->
                            tensors.put(name, new Tensor(shape, all.get(name).toFloatArray())));
        }
        return new Weights(tensors);
    }

    /** Replaces the weights; they must fit. */
    public void set(Weights weights) {
        ModuleTree modules = config.modules();
        modules.requireFit(weights);
        try (NDManager scope = module.newScope()) {
            all(scope, modules).forEach((name, array) -> write(weights.get(name).values(), array));
        }
    }

    /** What is learned and what is gathered, in place. */
    private Map<String, NDArray> all(NDManager scope, ModuleTree modules) {
        Map<String, NDArray> all = new LinkedHashMap<>(parameters);
        all.putAll(module.running(scope, modules));
        return all;
    }

    /** In place, on any device: DJL's {@code set} of a buffer gives an array other memory than the module has. */
    private static void write(float[] values, NDArray array) {
        try (NDArray flat = array.reshape(-1);
                NDArray from = array.getManager().create(values)) {
            flat.set(new NDIndex(":"), from);
        }
    }

    @Override
    public void close() {
        parameters.values().forEach(NDArray::close);
        module.close();
    }
}
