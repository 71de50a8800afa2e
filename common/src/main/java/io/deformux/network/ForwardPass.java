package io.deformux.network;

import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** Another way to predict than the archive's TorchScript. Owns what it needs for it. One thread at a time. */
interface ForwardPass extends AutoCloseable {

    /** As {@link DeformUxNet#forward}; the sizes have been checked. */
    void forward(FloatBuffer images, int n, int d, int h, int w, Consumer<FloatBuffer> logits);

    /** Its name, for logs. */
    String kernels();

    /** How long PyTorch's convolutions have taken so far, in ns; 0 if it has none. */
    default long convolutionNanos() {
        return 0;
    }

    @Override
    default void close() {}
}
