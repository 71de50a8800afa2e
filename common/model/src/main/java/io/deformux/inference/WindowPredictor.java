package io.deformux.inference;

import io.deformux.volume.Shape3;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/**
 * What the sliding window slides: windows in, logits out. Called by one thread at a time.
 */
public interface WindowPredictor {

    /** The number of output channels. */
    int classes();

    /** How many sets of classes lie side by side in the output channels. */
    default int members() {
        return 1;
    }

    /**
     * Predicts {@code batch} windows of size {@code roi}.
     *
     * @param windows the input, direct, native byte order, position 0: (batch, channels, d, h, w), last axis fastest
     * @param batch the number of windows
     * @param roi the window size
     * @param logits takes the output (batch, classes, d, h, w), last axis fastest, from position 0; the buffer is valid
     *     only during that call, because the native memory behind it is released afterwards. Called exactly once
     * @throws io.deformux.failure.JobException {@code DEVICE_OUT_OF_MEMORY}, before {@code logits} is called, if fewer
     *     windows at once may help; the same windows then come again one by one
     */
    void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits);
}
