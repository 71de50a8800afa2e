package io.deformux.inference;

import io.deformux.transform.LabelRule;
import io.deformux.volume.Shape3;
import java.util.Objects;

/** A sliding window over an ensemble of several members, whose probabilities it averages. One thread at a time. */
public final class EnsembleWindow implements VolumePredictor {
    private final SlidingWindow window;
    private final EnsemblePredictor ensemble;
    private final LabelRule rule;

    /** A window of those settings over networks of classes. */
    public EnsembleWindow(SlidingWindowSettings settings, EnsemblePredictor ensemble) {
        this(settings, ensemble, LabelRule.LARGEST);
    }

    /** The same over networks whose outputs become labels by another rule. */
    public EnsembleWindow(SlidingWindowSettings settings, EnsemblePredictor ensemble, LabelRule rule) {
        this.rule = Objects.requireNonNull(rule, "rule");
        this.ensemble = Objects.requireNonNull(ensemble, "ensemble");
        this.window = new SlidingWindow(settings, ensemble);
    }

    @Override
    public void run(float[] image, Shape3 shape, VolumeSink sink, WindowProgress progress) {
        window.run(
                image,
                shape,
                new MemberMean(ensemble.size(), ensemble.classes() / ensemble.size(), rule, sink),
                progress);
    }
}
