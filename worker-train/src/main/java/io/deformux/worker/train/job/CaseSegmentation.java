package io.deformux.worker.train.job;

import io.deformux.inference.SlidingWindow;
import io.deformux.inference.SlidingWindowSettings;
import io.deformux.inference.WindowPredictor;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.preparation.PreparedCase;

/** Segments prepared cases by sliding window as the reference validates: constant blending and arg max. One thread. */
public final class CaseSegmentation {
    private final SlidingWindow sliding;
    private final int classes;
    private final Runnable owned;

    /**
     * @param roi the window's size
     * @param overlap of the windows
     * @param predictor whose classes there are
     * @param owned called between windows; what it throws ends the segmentation
     */
    public CaseSegmentation(Shape3 roi, double overlap, WindowPredictor predictor, Runnable owned) {
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
        this.classes = predictor.classes();
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
                        labels[i * plane + n] = (byte) largest(logits, n, plane, classes);
                    }
                },
                (done, total) -> owned.run());
        return labels;
    }

    /** The class with the largest logit, the first of equals. */
    private static int largest(float[] logits, int voxel, int plane, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (logits[c * plane + voxel] > logits[best * plane + voxel]) {
                best = c;
            }
        }
        return best;
    }
}
