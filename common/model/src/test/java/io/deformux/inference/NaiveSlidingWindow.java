package io.deformux.inference;

import io.deformux.volume.Shape3;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** The plain twin: pads the image, runs window by window and keeps every class of the whole volume in double. */
final class NaiveSlidingWindow {
    private NaiveSlidingWindow() {}

    /** The blended logits (classes, image). */
    static double[] run(SlidingWindowSettings settings, WindowPredictor predictor, float[] image, Shape3 shape) {
        int[] roi = settings.roi().toArray();
        int[] before = new int[3];
        int[] size = new int[3];
        List<List<Integer>> starts = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            int missing = Math.max(roi[axis] - shape.axis(axis), 0);
            before[axis] = missing / 2;
            size[axis] = shape.axis(axis) + missing;
            int step = roi[axis] == size[axis] ? roi[axis] : Math.max((int) (roi[axis] * (1 - settings.overlap())), 1);
            List<Integer> along = new ArrayList<>();
            for (int start = 0; ; start += step) {
                along.add(Math.min(start, size[axis] - roi[axis]));
                if (start + roi[axis] >= size[axis]) {
                    break;
                }
            }
            starts.add(along);
        }
        Shape3 padded = Shape3.of(size);
        float[] input = new float[padded.length()];
        for (int n = 0; n < shape.length(); n++) {
            input[index(padded, shape, n, before)] = image[n];
        }
        int classes = predictor.classes();
        double[] sum = new double[classes * padded.length()];
        double[] weightSum = new double[padded.length()];
        float[] weights = settings.blending().weights(settings.roi(), settings.sigmaScale());
        for (int a : starts.get(0)) {
            for (int b : starts.get(1)) {
                for (int c : starts.get(2)) {
                    add(settings, predictor, input, padded, new int[] {a, b, c}, weights, sum, weightSum);
                }
            }
        }
        double[] result = new double[classes * shape.length()];
        for (int channel = 0; channel < classes; channel++) {
            for (int n = 0; n < shape.length(); n++) {
                int at = index(padded, shape, n, before);
                result[channel * shape.length() + n] = weightSum[at] == 0
                        ? (channel == 0 ? 0 : SlidingWindow.SKIPPED_LOGIT)
                        : sum[channel * padded.length() + at] / weightSum[at];
            }
        }
        return result;
    }

    private static void add(
            SlidingWindowSettings settings,
            WindowPredictor predictor,
            float[] input,
            Shape3 padded,
            int[] start,
            float[] weights,
            double[] sum,
            double[] weightSum) {
        Shape3 roi = settings.roi();
        float[] window = new float[roi.length()];
        boolean empty = true;
        for (int n = 0; n < window.length; n++) {
            window[n] = input[index(padded, roi, n, start)];
            empty &= window[n] == 0;
        }
        if (empty && settings.skipEmptyWindows()) {
            return;
        }
        predictor.predict(FloatBuffer.wrap(window), 1, roi, logits -> {
            for (int channel = 0; channel < predictor.classes(); channel++) {
                for (int n = 0; n < roi.length(); n++) {
                    sum[channel * padded.length() + index(padded, roi, n, start)] +=
                            (double) weights[n] * logits.get(channel * roi.length() + n);
                }
            }
        });
        for (int n = 0; n < roi.length(); n++) {
            weightSum[index(padded, roi, n, start)] += weights[n];
        }
    }

    /** The element of {@code outer} under element {@code n} of {@code inner}, which begins at {@code start}. */
    private static int index(Shape3 outer, Shape3 inner, int n, int[] start) {
        int k = n % inner.w();
        int j = n / inner.w() % inner.h();
        int i = n / inner.w() / inner.h();
        return outer.index(i + start[0], j + start[1], k + start[2]);
    }
}
