package io.deformux.network.architecture.deformux;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.TrainingPass;
import io.deformux.network.torchscript.GradientTape;
import io.deformux.network.training.TrainingKernels;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Trains a network in Java, on a CPU: both passes run in {@code network.training}, and the tape records the loss alone.
 * Owns no native memory.
 */
final class CpuTrainingPass implements TrainingPass {
    private final DeformUxNetConfig config;
    private final Map<String, NDArray> parameters;
    private final DifferentiableNetwork network;
    private NDArray logits;

    /**
     * A way that reads its parameters anew for every pass.
     *
     * @param parameters by state-dict name, on the CPU
     */
    CpuTrainingPass(DeformUxNetConfig config, Map<String, NDArray> parameters, TrainingKernels kernels) {
        this.config = config;
        this.parameters = parameters;
        this.network = new DifferentiableNetwork(config.encoderDecoder(), kernels);
    }

    @Override
    public void requireProven(int n, int d, int h, int w, long seed) {
        // The kernels are our own: there is nothing foreign to prove.
    }

    @Override
    public NDArray forward(NDArray images) {
        long[] size = images.getShape().getShape();
        int[] shape = Arrays.stream(size).mapToInt(Math::toIntExact).toArray();
        config.requireSize(shape[2], shape[3], shape[4]);
        size[1] = config.outChannels();
        logits = images.getManager().zeros(new Shape(size), DataType.FLOAT32);
        forward(floats(images), shape[0], shape[2], shape[3], shape[4], floats(logits));
        logits.setRequiresGradient(true);
        return logits;
    }

    private void forward(FloatBuffer images, int n, int d, int h, int w, FloatBuffer output) {
        network.parameters().forEach((name, parameter) -> parameter.set(floats(parameters.get(name))));
        try {
            network.forward(images, n, config.inChannels(), d, h, w, output);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(e);
        }
    }

    @Override
    public void backward(GradientTape tape, NDArray scalar) {
        tape.backward(scalar);
        try (NDArray gradient = logits.getGradient()) {
            network.backward(floats(gradient));
        } catch (OutOfMemoryError e) {
            throw outOfMemory(e);
        }
    }

    @Override
    public Map<String, NDArray> gradients() {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        NDManager scope = parameters.values().iterator().next().getManager();
        network.parameters()
                .forEach((name, parameter) -> gradients.put(
                        name,
                        scope.create(parameter.gradient(), parameters.get(name).getShape())));
        return gradients;
    }

    @Override
    public void clearGradients() {
        network.clearGradients();
    }

    /** With few channels the fastest way to predict on a CPU, and it holds out when the cores are shared. */
    @Override
    public void predict(FloatBuffer images, int n, int d, int h, int w, Consumer<FloatBuffer> result) {
        FloatBuffer output = FloatBuffer.allocate(
                Math.multiplyExact(Math.multiplyExact(n, config.outChannels()), Math.multiplyExact(d, h * w)));
        forward(images.slice(), n, d, h, w, output);
        result.accept(output);
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
