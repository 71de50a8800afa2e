package io.deformux.inference;

import io.deformux.network.Network;
import io.deformux.volume.Shape3;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.function.Consumer;

/** A network as a predictor of windows. It does not own the network. One thread at a time. */
public final class NetworkPredictor implements WindowPredictor {
    private final Network network;

    /** A predictor over a loaded network; windows have its input channels. */
    public NetworkPredictor(Network network) {
        this.network = Objects.requireNonNull(network, "network");
    }

    @Override
    public int classes() {
        return network.config().outChannels();
    }

    @Override
    public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
        network.forward(windows, batch, roi.d(), roi.h(), roi.w(), logits);
    }
}
