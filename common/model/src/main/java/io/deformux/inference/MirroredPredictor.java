package io.deformux.inference;

import io.deformux.transform.LabelRule;
import io.deformux.volume.Shape3;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Test-time augmentation: every window is predicted in its eight mirrorings (each axis as it is and reversed), the
 * predictions are mirrored back and their probabilities averaged.
 *
 * <p>The result is given as the logarithm of the mean probability, whose softmax is that mean again (of regions as that of its
 * odds, whose sigmoid is); overlapping windows then blend as always. Takes eight times as long, and memory for two outputs of one window. It does not own the
 * predictor. One thread drives it; the averaging is spread over the common pool.
 */
public final class MirroredPredictor implements WindowPredictor {
    private static final int MIRRORINGS = 8;
    /** Probabilities below this count as this; ln 1e-30 is about -69. */
    private static final double SMALLEST = 1e-30;

    private final WindowPredictor predictor;
    private final LabelRule rule;

    /** A predictor of one set of classes, not of several members side by side. */
    public MirroredPredictor(WindowPredictor predictor) {
        this(predictor, LabelRule.LARGEST);
    }

    /** The same of outputs that become labels by another rule. */
    public MirroredPredictor(WindowPredictor predictor, LabelRule rule) {
        this.rule = Objects.requireNonNull(rule, "rule");
        this.predictor = Objects.requireNonNull(predictor, "predictor");
    }

    @Override
    public int classes() {
        return predictor.classes();
    }

    @Override
    public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
        float[] mean = new float[Math.multiplyExact(Math.multiplyExact(batch, classes()), roi.length())];
        int images = windows.remaining() / roi.length();
        FloatBuffer mirrored = ByteBuffer.allocateDirect(images * roi.length() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int mirroring = 0; mirroring < MIRRORINGS; mirroring++) {
            Mirror mirror = new Mirror(roi, mirroring);
            for (int n = 0; n < images; n++) {
                mirror.copy(windows, n * roi.length(), mirrored);
            }
            predictor.predict(mirrored.duplicate(), batch, roi, output -> add(output, batch, mirror, mean));
        }
        IntStream.range(0, batch * classes() * roi.d())
                .parallel()
                .forEach(plane -> toLogarithms(mean, plane * roi.h() * roi.w(), roi.h() * roi.w()));
        logits.accept(FloatBuffer.wrap(mean));
    }

    private void add(FloatBuffer output, int batch, Mirror mirror, float[] mean) {
        Shape3 roi = mirror.roi;
        IntStream.range(0, batch * roi.d() * roi.h()).parallel().forEach(line -> {
            int n = line / (roi.d() * roi.h());
            int first = n * classes() * roi.length();
            int inWindow = line % (roi.d() * roi.h());
            addLine(output, first, mirror, mean, inWindow / roi.h(), inWindow % roi.h());
        });
    }

    /** Softmax over the classes of one mirrored line, added where the line belongs. */
    private void addLine(FloatBuffer output, int first, Mirror mirror, float[] mean, int i, int j) {
        Shape3 roi = mirror.roi;
        int from = roi.index(mirror.i(i), mirror.j(j), 0);
        int to = roi.index(i, j, 0);
        float[][] scores = new float[classes()][roi.w()];
        float[] largest = new float[roi.w()];
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        for (int c = 0; c < scores.length; c++) {
            output.get(first + c * roi.length() + from, scores[c]);
            for (int k = 0; k < roi.w(); k++) {
                largest[k] = Math.max(largest[k], scores[c][k]);
            }
        }
        double[] sums = new double[roi.w()];
        if (rule.ofRegions()) {
            Arrays.fill(sums, 1);
            for (float[] score : scores) {
                for (int k = 0; k < roi.w(); k++) {
                    score[k] = (float) LabelRule.sigmoid(score[k]);
                }
            }
        }
        for (float[] score : rule.ofRegions() ? new float[0][] : scores) {
            for (int k = 0; k < roi.w(); k++) {
                score[k] = (float) Math.exp(score[k] - largest[k]);
                sums[k] += score[k];
            }
        }
        for (int c = 0; c < scores.length; c++) {
            int at = first + c * roi.length() + to;
            for (int k = 0; k < roi.w(); k++) {
                mean[at + k] += (float) (scores[c][mirror.k(k)] / (MIRRORINGS * sums[mirror.k(k)]));
            }
        }
    }

    private void toLogarithms(float[] mean, int from, int length) {
        for (int n = from; n < from + length; n++) {
            double odds = rule.ofRegions() ? mean[n] / Math.max(1.0 - mean[n], SMALLEST) : mean[n];
            mean[n] = (float) Math.log(Math.max(odds, SMALLEST));
        }
    }

    /** Which axes are reversed: one bit each. It is its own inverse. */
    private record Mirror(Shape3 roi, int axes) {
        int i(int i) {
            return (axes & 1) == 0 ? i : roi.d() - 1 - i;
        }

        int j(int j) {
            return (axes & 2) == 0 ? j : roi.h() - 1 - j;
        }

        int k(int k) {
            return (axes & 4) == 0 ? k : roi.w() - 1 - k;
        }

        void copy(FloatBuffer window, int first, FloatBuffer to) {
            float[] line = new float[roi.w()];
            float[] reversed = new float[roi.w()];
            for (int i = 0; i < roi.d(); i++) {
                for (int j = 0; j < roi.h(); j++) {
                    window.get(window.position() + first + roi.index(i, j, 0), line);
                    for (int k = 0; k < line.length; k++) {
                        reversed[k(k)] = line[k];
                    }
                    to.put(first + roi.index(i(i), j(j), 0), reversed);
                }
            }
        }
    }
}
