package io.deformux.inference;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.inference.WindowPlan.Origin;
import io.deformux.volume.Shape3;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * Runs a predictor over overlapping windows of an image and blends the logits, as MONAI's
 * {@code sliding_window_inference} does: sum(weight * output) / sum(weight) per voxel, then the padding is cut off.
 *
 * <p>Planes along axis 0 go to the sink as soon as they are final, so memory grows with classes x roi depth x height x
 * width of the image but not with its depth. One run belongs to one thread; predictor, sink and progress are called on
 * it, and the blending is spread over the common pool between two predictions.
 */
public final class SlidingWindow {
    /**
     * The logit of every class but 0 where only skipped windows lie, class 0 having 0 there: e^-100 is 0 in any sum of
     * probabilities, and e^0 overflows nowhere.
     */
    public static final float SKIPPED_LOGIT = -100;

    private final SlidingWindowSettings settings;
    private final WindowPredictor predictor;
    private final float[] weights;

    /** A sliding window that may run over any number of images, one after another. */
    public SlidingWindow(SlidingWindowSettings settings, WindowPredictor predictor) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.predictor = Objects.requireNonNull(predictor, "predictor");
        this.weights = settings.blending().weights(settings.roi(), settings.sigmaScale());
    }

    /** The windows that a run over an image of this size has. */
    public WindowPlan plan(Shape3 image) {
        return new WindowPlan(image, settings.roi(), settings.overlap());
    }

    /**
     * Predicts a whole image.
     *
     * @param image the preprocessed values, last axis fastest
     * @param shape the size of the image, which may be smaller than a window
     * @param sink takes every plane of the image once, in order
     * @param progress hears of every batch that is done
     * @throws JobException {@code JOB_CANCELLED} if the thread is interrupted, seen before each window; the interrupt
     *     status is cleared. Whatever the predictor and the sink throw ends the run too
     */
    public void run(float[] image, Shape3 shape, PlaneSink sink, WindowProgress progress) {
        if (image.length != shape.voxels()) {
            throw new IllegalArgumentException(image.length + " values for an image of " + shape);
        }
        WindowPlan plan = plan(shape);
        RollingBlend blend = new RollingBlend(shape, predictor.classes(), settings.roi(), weights, sink);
        WindowBatch batch = new WindowBatch(image, shape, settings.roi(), settings.windowBatch());
        int total = plan.count();
        for (int n = 0; n < total; n++) {
            stopIfInterrupted();
            Origin origin = plan.origin(n);
            if (!(settings.skipEmptyWindows() && batch.isEmpty(origin))) {
                batch.add(origin);
            }
            if (batch.isFull() || n == total - 1) {
                predict(batch, blend);
                progress.windowsDone(n + 1, total);
            }
        }
        blend.finish();
    }

    private void predict(WindowBatch batch, RollingBlend blend) {
        int windows = batch.origins().size();
        if (windows == 0) {
            return;
        }
        int outputLength =
                Math.multiplyExact(predictor.classes(), settings.roi().length());
        boolean[] answered = new boolean[1];
        predictor.predict(batch.input(), windows, settings.roi(), logits -> {
            requireLength(logits, (long) windows * outputLength);
            for (int n = 0; n < windows; n++) {
                blend.add(batch.origins().get(n), logits, n * outputLength);
            }
            answered[0] = true;
        });
        if (!answered[0]) {
            throw new JobException(FailureCode.NETWORK_FAILED, "the network gave no output for a window batch");
        }
        batch.clear();
    }

    private static void requireLength(FloatBuffer logits, long expected) {
        if (logits.limit() != expected) {
            throw new JobException(
                    FailureCode.NETWORK_FAILED,
                    "the network gave " + logits.limit() + " values for a window batch that needs " + expected);
        }
    }

    private static void stopIfInterrupted() {
        if (Thread.interrupted()) {
            throw new JobException(FailureCode.JOB_CANCELLED, "stopped between two windows");
        }
    }
}
