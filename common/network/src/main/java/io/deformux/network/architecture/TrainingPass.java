package io.deformux.network.architecture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.deformux.failure.JobException;
import io.deformux.network.TrainableNetwork;
import io.deformux.network.torchscript.GradientTape;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.Consumer;

/** A way to train a network, whose parameters belong to somebody else. One thread at a time. */
public interface TrainingPass {

    /** As {@link TrainableNetwork#requireProven}. */
    void requireProven(int n, int d, int h, int w, long seed);

    /** As {@link TrainableNetwork#forward}. */
    NDArray forward(NDArray images);

    /** As {@link TrainableNetwork#outputs}. */
    default NDList outputs(NDArray images) {
        return new NDList(forward(images));
    }

    /** As {@link TrainableNetwork#backward}. */
    void backward(GradientTape tape, NDArray scalar);

    /** As {@link TrainableNetwork#gradients}. */
    Map<String, NDArray> gradients();

    /** As {@link TrainableNetwork#clearGradients}. */
    void clearGradients();

    /**
     * As {@link TrainableNetwork#predict}; the sizes have been checked.
     *
     * @throws JobException {@code DEVICE_OUT_OF_MEMORY}, {@code DEVICE_FAILED} or {@code NETWORK_FAILED}
     */
    void predict(FloatBuffer images, int n, int d, int h, int w, Consumer<FloatBuffer> result);
}
