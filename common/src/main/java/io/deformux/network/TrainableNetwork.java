package io.deformux.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A loaded network whose parameters collect gradients. It owns its native memory; close it. One thread at a time.
 *
 * <p>A step is: open a {@link GradientTape}, {@link #forward}, compute a scalar loss from the logits, {@link
 * GradientTape#backward}; then change {@link #parameters()} by {@link #gradients()} and {@link #clearGradients()}.
 */
public final class TrainableNetwork implements AutoCloseable {
    private final LoadedModule module;
    private final DeformUxNet inference;
    private final Map<String, PtNDArray> collecting = new LinkedHashMap<>();
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();

    private TrainableNetwork(NetworkConfig config, LoadedModule module) {
        this.module = module;
        this.inference = new DeformUxNet(config, module);
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
     * @throws io.deformux.failure.JobException {@code DEVICE_OUT_OF_MEMORY}
     */
    public static TrainableNetwork of(NetworkConfig config, Weights weights, Device device) {
        try {
            Path archive = Files.createTempFile("deformux-", ".pt");
            try {
                TorchScriptArchive.write(archive, config, weights, Precision.FP32);
                return new TrainableNetwork(config, LoadedModule.load(archive, device, true));
            } finally {
                Files.delete(archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the network cannot be written to the temporary folder", e);
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
     * @throws io.deformux.failure.JobException {@code DEVICE_OUT_OF_MEMORY} or {@code NETWORK_FAILED}
     */
    public NDArray forward(NDArray images) {
        return module.call("forward", new NDList(images), true).singletonOrThrow();
    }

    /** The parameters by state-dict name, in order; writing to these arrays changes the network. */
    public Map<String, NDArray> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** What has been added up since {@link #clearGradients()}, by parameter; the caller closes the arrays. */
    public Map<String, NDArray> gradients() {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        collecting.forEach((name, parameter) -> gradients.put(name, parameter.getGradient()));
        return gradients;
    }

    /** Sets every gradient to 0; there must have been a backward pass. */
    public void clearGradients() {
        collecting.values().forEach(JniUtils::zeroGrad);
    }

    /** The same network for predicting and for reading its weights; closing it closes this. */
    public DeformUxNet inference() {
        return inference;
    }

    /** Replaces the weights; they must fit. */
    public void set(Weights weights) {
        weights.requireFit(inference.config());
        parameters.forEach(
                (name, array) -> array.set(FloatBuffer.wrap(weights.get(name).values())));
    }

    @Override
    public void close() {
        parameters.values().forEach(NDArray::close);
        module.close();
    }
}
