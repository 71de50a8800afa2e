package io.deformux.worker.train.job;

import io.deformux.inference.WindowPredictor;
import io.deformux.network.TrainableNetwork;
import io.deformux.volume.Shape3;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** A network between two steps as a predictor of windows. It does not own the network. One thread at a time. */
final class ValidationPredictor implements WindowPredictor {
    private final TrainableNetwork network;

    ValidationPredictor(TrainableNetwork network) {
        this.network = network;
    }

    @Override
    public int classes() {
        return network.config().outChannels();
    }

    @Override
    public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
        network.predict(windows, batch, roi.d(), roi.h(), roi.w(), logits);
    }
}
