package io.deformux.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Pair;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.proof.ArithmeticProof;
import io.deformux.network.proof.ProofReport;
import io.deformux.network.proof.Tolerance;
import io.deformux.network.training.TrainingKernels;
import io.deformux.network.training.TrainingNetwork;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded network whose parameters collect gradients. It owns its native memory; close it. One thread at a time.
 *
 * <p>A step is: open a {@link GradientTape}, {@link #forward}, compute a scalar loss from the logits, {@link #backward};
 * then change {@link #parameters()} by {@link #gradients()} and {@link #clearGradients()}. On a CPU both passes run in Java
 * ({@code network.training}) and the tape records the loss alone; on a GPU it records the archive's TorchScript.
 */
public final class TrainableNetwork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainableNetwork.class);

    private final NetworkConfig config;
    private final Device device;
    private final LoadedModule module;
    private final Optional<TrainingNetwork> cpu;
    private final Map<String, PtNDArray> collecting = new LinkedHashMap<>();
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();
    private NDArray logits;

    private TrainableNetwork(NetworkConfig config, Device device, LoadedModule module, Optional<TrainingNetwork> cpu) {
        this.config = config;
        this.device = device;
        this.module = module;
        this.cpu = cpu;
        for (Pair<String, Parameter> entry : module.block().getParameters()) {
            Parameter parameter = entry.getValue();
            collecting.put(parameter.getName(), (PtNDArray) parameter.getArray());
            parameters.put(parameter.getName(), parameter.getArray().stopGradient());
        }
    }

    /**
     * Loads a network with these weights.
     *
     * @param weights must fit {@code config}
     * @throws IllegalArgumentException if they do not
     * @throws JobException {@code DEVICE_OUT_OF_MEMORY}
     */
    public static TrainableNetwork of(NetworkConfig config, Weights weights, Device device) {
        return device.isGpu() ? ofTorchScript(config, weights, device) : of(config, weights, TrainingKernels.best());
    }

    /** A network that trains on the CPU with these kernels. Errors as {@link #of}. */
    public static TrainableNetwork of(NetworkConfig config, Weights weights, TrainingKernels kernels) {
        LOG.info("training with {} kernels", kernels.name());
        return new TrainableNetwork(
                config,
                Device.cpu(),
                LoadedModule.of(config, weights, Device.cpu(), Precision.FP32, true),
                Optional.of(new TrainingNetwork(NetworkParameters.of(config).shapes(), kernels)));
    }

    /**
     * A network that trains as its TorchScript says on every device: the twin that the fast form is tested and measured
     * against. Errors as {@link #of}.
     */
    public static TrainableNetwork ofTorchScript(NetworkConfig config, Weights weights, Device device) {
        return new TrainableNetwork(
                config, device, LoadedModule.of(config, weights, device, Precision.FP32, true), Optional.empty());
    }

    /**
     * Proves that a step's convolutions and their gradients are computed right, by one of random values. On a CPU there is
     * nothing to prove: its kernels are our own.
     *
     * @param d a crop's size in voxels; likewise {@code h} and {@code w}
     * @param seed chooses image and voxels
     * @throws JobException {@code ARITHMETIC_UNPROVEN} if not
     */
    public void requireProven(int d, int h, int w, long seed) {
        if (cpu.isPresent()) {
            return;
        }
        ArithmeticProof proof = new ArithmeticProof(Tolerance.FP32, seed);
        try (GuardedNetwork guarded = new GuardedNetwork(
                NetworkStructure.of(config),
                NetworkSource.of(config),
                weights(),
                device,
                Precision.FP32,
                true,
                proof.voxelSeed())) {
            FloatBuffer noise = FloatBuffer.allocate(config.inChannels() * d * h * w);
            Random random = new Random(seed);
            while (noise.hasRemaining()) {
                noise.put(random.nextFloat());
            }
            guarded.prove(noise.flip(), new Shape(1, config.inChannels(), d, h, w), proof);
        }
        ProofReport report = proof.report();
        LOG.info("training by TorchScript: {}", report.summary());
        if (!report.passed()) {
            throw new JobException(
                    FailureCode.ARITHMETIC_UNPROVEN,
                    "this machine's PyTorch computes gradients wrong (" + report.summary()
                            + "): train on another machine, or on the CPU");
        }
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
     * @throws JobException {@code DEVICE_OUT_OF_MEMORY} or {@code NETWORK_FAILED}
     */
    public NDArray forward(NDArray images) {
        logits = cpu.isPresent()
                ? forward(cpu.get(), images)
                : module.call("forward", new NDList(images), true).singletonOrThrow();
        return logits;
    }

    private NDArray forward(TrainingNetwork network, NDArray images) {
        long[] size = images.getShape().getShape();
        int[] shape = Arrays.stream(size).mapToInt(Math::toIntExact).toArray();
        NetworkConfig.requireSize(shape[2], shape[3], shape[4]);
        size[1] = config.outChannels();
        NDArray output = images.getManager().zeros(new Shape(size), DataType.FLOAT32);
        forward(network, floats(images), shape, floats(output));
        output.setRequiresGradient(true);
        return output;
    }

    private void forward(TrainingNetwork network, FloatBuffer images, int[] shape, FloatBuffer output) {
        network.parameters().forEach((name, parameter) -> parameter.set(floats(parameters.get(name))));
        try {
            network.forward(images, shape[0], shape[1], shape[2], shape[3], shape[4], output);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(e);
        }
    }

    /**
     * Adds the gradient of a scalar that was computed from the last logits to the gradients of all parameters.
     *
     * @param tape was open meanwhile
     * @throws JobException {@code DEVICE_OUT_OF_MEMORY}
     */
    public void backward(GradientTape tape, NDArray scalar) {
        tape.backward(scalar);
        if (cpu.isPresent()) {
            try (NDArray gradient = logits.getGradient()) {
                cpu.get().backward(floats(gradient));
            } catch (OutOfMemoryError e) {
                throw outOfMemory(e);
            }
        }
    }

    /** The parameters by state-dict name, in order; writing to these arrays changes the network. */
    public Map<String, NDArray> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** What has been added up since {@link #clearGradients()}, by parameter; the caller closes the arrays. */
    public Map<String, NDArray> gradients() {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        if (cpu.isPresent()) {
            NDManager scope = parameters.values().iterator().next().getManager();
            cpu.get()
                    .parameters()
                    .forEach((name, parameter) -> gradients.put(
                            name,
                            scope.create(
                                    parameter.gradient(), parameters.get(name).getShape())));
        } else {
            collecting.forEach((name, parameter) -> gradients.put(name, parameter.getGradient()));
        }
        return gradients;
    }

    /** Sets every gradient to 0; there must have been a backward pass. */
    public void clearGradients() {
        if (cpu.isPresent()) {
            cpu.get().clearGradients();
        } else {
            collecting.values().forEach(JniUtils::zeroGrad);
        }
    }

    /**
     * Predicts with the parameters as they are, between two steps. On a CPU by the forward pass of the training form: with
     * few channels it is the fastest, and it holds out when the cores are shared.
     *
     * <p>Parameters and errors as {@link DeformUxNet#forward}.
     */
    public void predict(FloatBuffer image, int n, int d, int h, int w, Consumer<FloatBuffer> result) {
        if (cpu.isEmpty()) {
            NetworkConfig.requireSize(d, h, w);
            new TorchScriptPass(config, module).forward(image, n, d, h, w, result);
            return;
        }
        NetworkConfig.requireSize(d, h, w);
        FloatBuffer output = FloatBuffer.allocate(
                Math.multiplyExact(Math.multiplyExact(n, config.outChannels()), Math.multiplyExact(d, h * w)));
        forward(cpu.get(), image.slice(), new int[] {n, config.inChannels(), d, h, w}, output);
        result.accept(output);
    }

    /** What it was made with. */
    public NetworkConfig config() {
        return config;
    }

    /** A copy of the weights. */
    public Weights weights() {
        Map<String, int[]> shapes = NetworkParameters.of(config).shapes();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        shapes.forEach((name, shape) ->
                tensors.put(name, new Tensor(shape, parameters.get(name).toFloatArray())));
        return new Weights(tensors);
    }

    /** Replaces the weights; they must fit. */
    public void set(Weights weights) {
        weights.requireFit(config);
        parameters.forEach(
                (name, array) -> array.set(FloatBuffer.wrap(weights.get(name).values())));
    }

    @Override
    public void close() {
        parameters.values().forEach(NDArray::close);
        module.close();
    }

    /** The values in place. */
    private static FloatBuffer floats(NDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private static JobException outOfMemory(OutOfMemoryError e) {
        return new JobException(
                FailureCode.DEVICE_OUT_OF_MEMORY,
                "training has too little memory: use smaller or fewer crops, or give the JVM more (-Xmx)",
                e);
    }
}
