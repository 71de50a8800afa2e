package io.deformux.inference;

import io.deformux.volume.Shape3;
import java.util.Objects;

/** A sliding window over an ensemble of several members, whose probabilities it averages. One thread at a time. */
public final class EnsembleWindow implements VolumePredictor {
    private final SlidingWindow window;
    private final EnsemblePredictor ensemble;

    /** A window of those settings. */
    public EnsembleWindow(SlidingWindowSettings settings, EnsemblePredictor ensemble) {
        this.ensemble = Objects.requireNonNull(ensemble, "ensemble");
        this.window = new SlidingWindow(settings, ensemble);
    }

    @Override
    public boolean givesProbabilities() {
        return true;
    }

    @Override
    public void run(float[] image, Shape3 shape, PlaneSink sink, WindowProgress progress) {
        window.run(image, shape, new MemberMean(ensemble.size(), ensemble.classes() / ensemble.size(), sink), progress);
    }
}
