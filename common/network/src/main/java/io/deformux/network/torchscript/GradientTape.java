package io.deformux.network.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * While it is open, what this thread computes from a network's parameters is recorded, so that gradients can follow.
 *
 * <p>DJL's own {@code GradientCollector} allows one recording at a time in the whole process and so one training; this
 * switches PyTorch's per-thread mode and nothing else. One thread.
 */
public final class GradientTape implements AutoCloseable {
    private final boolean before;

    /** Starts recording. */
    public GradientTape() {
        TorchEngine.start();
        before = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
    }

    /**
     * Adds the gradient of a scalar to the gradients of all parameters that it was computed from, and forgets the
     * recording.
     */
    public void backward(NDArray scalar) {
        try (NDManager scope = scalar.getManager().newSubManager();
                NDArray one = scope.ones(scalar.getShape(), scalar.getDataType())) {
            JniUtils.backward((PtNDArray) scalar, (PtNDArray) one, false, false);
        }
    }

    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
