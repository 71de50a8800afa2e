package io.deformux.inference;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.inference.WindowPlan.Origin;
import io.deformux.volume.Shape3;
import java.nio.FloatBuffer;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a predictor over overlapping windows of an image and blends the logits, as MONAI's
 * {@code sliding_window_inference} does: sum(weight * output) / sum(weight) per voxel, then the padding is cut off.
 *
 * <p>Planes along axis 0 go to the sink as soon as they are final, so memory grows with classes x roi depth x height x
 * width of the image but not with its depth. One run belongs to one thread; predictor, sink and progress are called on
 * it, and the blending is spread over the common pool between two predictions.
 */
public final class SlidingWindow implements VolumePredictor {
    /**
     * The logit of every class but 0 where only skipped windows lie, class 0 having 0 there: e^-100 is 0 in any sum of
     * probabilities, and e^0 overflows nowhere.
     */
    public static final float SKIPPED_LOGIT = -100;

    private static final Logger LOG = LoggerFactory.getLogger(SlidingWindow.class);

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
     * {@inheritDoc} {@code DEVICE_OUT_OF_MEMORY} from the predictor makes the run go on window by window; for a single window it
     * ends the run, as does whatever else the predictor or the sink throws.
     */
    @Override
    public void run(float[] image, Shape3 shape, VolumeSink sink, WindowProgress progress) {
        run(image, shape, (PlaneSink) sink, progress);
    }

    /** The same with a sink that takes logits, those of all members where the predictor has several. */
    public void run(float[] image, Shape3 shape, PlaneSink sink, WindowProgress progress) {
        int channels = (int) (image.length / shape.voxels());
        if (channels == 0 || image.length != channels * shape.voxels()) {
            throw new IllegalArgumentException(image.length + " values for an image of " + shape);
        }
        WindowPlan plan = plan(shape);
        RollingBlend blend =
                new RollingBlend(shape, predictor.classes(), predictor.members(), settings.roi(), weights, sink);
        ImageContent content = new ImageContent(image, shape, settings.roi());
        WindowBatch batch = new WindowBatch(image, channels, shape, settings.roi(), settings.windowBatch());
        int atOnce = settings.windowBatch();
        int total = plan.count();
        for (int n = 0; n < total; n++) {
            Origin origin = plan.origin(n);
            if (!(settings.skipEmptyWindows() && content.isEmpty(origin))) {
                batch.add(origin);
            }
            if (batch.isFull() || n == total - 1) {
                atOnce = predict(batch, blend, atOnce);
                progress.windowsDone(n + 1, total);
            }
        }
        blend.finish();
    }

    /** Predicts a batch; returns how many windows to batch from now on. */
    private int predict(WindowBatch batch, RollingBlend blend, int atOnce) {
        int next = 0;
        while (next < batch.size()) {
            stopIfInterrupted();
            int windows = Math.min(atOnce, batch.size() - next);
            try {
                predict(batch, next, windows, blend);
                next += windows;
            } catch (JobException e) {
                if (e.code() != FailureCode.DEVICE_OUT_OF_MEMORY || windows == 1) {
                    throw e;
                }
                LOG.warn("the device has too little memory for {} windows at once, going on with one", windows);
                atOnce = 1;
            }
        }
        batch.clear();
        return atOnce;
    }

    private void predict(WindowBatch batch, int first, int windows, RollingBlend blend) {
        int outputLength =
                Math.multiplyExact(predictor.classes(), settings.roi().length());
        boolean[] answered = new boolean[1];
        predictor.predict(batch.input(first, windows), windows, settings.roi(), logits -> {
            requireLength(logits, (long) windows * outputLength);
            for (int n = 0; n < windows; n++) {
                blend.add(batch.origin(first + n), logits, n * outputLength);
            }
            answered[0] = true;
        });
        if (!answered[0]) {
            throw new JobException(FailureCode.NETWORK_FAILED, "the network gave no output for a window batch");
        }
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
