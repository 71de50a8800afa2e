package io.deformux.network.architecture;

import io.deformux.network.Network;
import io.deformux.network.proof.ArithmeticProof;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** A way to run a network. Owns native memory; close it. One thread at a time. */
public interface ForwardPass extends AutoCloseable {

    /** As {@link Network#forward}; the sizes have been checked. */
    void forward(FloatBuffer images, int n, int d, int h, int w, Consumer<FloatBuffer> result);

    /** The same for one image, each layer checked on the way. At most once. */
    void prove(FloatBuffer image, int d, int h, int w, ArithmeticProof proof);

    /** Predicts small images until what is compiled at run time is. */
    void practise();

    /** What runs it, for logs. */
    String name();

    /**
     * How long convolutions, and a transformer that PyTorch computes as a whole, have taken so far, in ns; 0 where nobody can
     * tell.
     */
    long convolutionNanos();

    @Override
    void close();
}
