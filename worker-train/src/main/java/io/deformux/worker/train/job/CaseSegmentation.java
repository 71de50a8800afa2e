package io.deformux.worker.train.job;

import io.deformux.inference.RegionPredictor;
import io.deformux.inference.SlidingWindow;
import io.deformux.inference.SlidingWindowSettings;
import io.deformux.inference.WindowPredictor;
import io.deformux.transform.LabelRule;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.preparation.PreparedCase;

/**
 * Segments prepared cases by sliding window as the reference validates: constant blending and arg max, or what becomes of
 * regions. One thread.
 */
public final class CaseSegmentation {
    private final SlidingWindow sliding;
    private final int channels;
    private final LabelRule rule;
    private final Runnable owned;

    /**
     * @param roi the window's size
     * @param overlap of the windows
     * @param outputs the network
     * @param rule how its outputs become labels
     * @param owned called between windows; what it throws ends the segmentation
     */
    public CaseSegmentation(Shape3 roi, double overlap, WindowPredictor outputs, LabelRule rule, Runnable owned) {
        WindowPredictor predictor = RegionPredictor.of(outputs, rule);
        SlidingWindowSettings reference = SlidingWindowSettings.reference(roi);
        this.sliding = new SlidingWindow(
                new SlidingWindowSettings(
                        roi,
                        overlap,
                        reference.blending(),
                        reference.sigmaScale(),
                        reference.windowBatch(),
                        reference.skipEmptyWindows()),
                predictor);
        this.channels = predictor.classes();
        this.rule = rule;
        this.owned = owned;
    }

    /** The classes of a case as unsigned bytes; throws {@code JOB_CANCELLED} if the thread is interrupted. */
    public byte[] labels(PreparedCase each) {
        Shape3 shape = each.shape();
        int plane = shape.h() * shape.w();
        byte[] labels = new byte[shape.length()];
        sliding.run(
                each.image(),
                shape,
                (i, logits) -> {
                    for (int n = 0; n < plane; n++) {
                        labels[i * plane + n] = (byte) rule.label(logits, n, channels, plane);
                    }
                },
                (done, total) -> owned.run());
        return labels;
    }

    /** How many labels or regions there are, the background included. */
    public int targets() {
        return channels;
    }
}
