package io.deformux.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.volume.Shape3;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The mean of the eight mirrorings' probabilities, against the same written voxel by voxel. */
class MirroredPredictorTest {
    private static final Shape3 ROI = new Shape3(3, 4, 5);
    private static final int CLASSES = 3;
    private static final int BATCH = 2;

    /** Looks at a voxel, its successor along each axis and its place, so that no mirroring leaves it alone. */
    private static double logit(double[] window, int c, int i, int j, int k) {
        double next = at(window, i + 1, j, k) + 2 * at(window, i, j + 1, k) - at(window, i, j, k + 1);
        return (c - 1) * (at(window, i, j, k) + next) + 0.1 * c * (i + 2 * j - k);
    }

    private static double at(double[] window, int i, int j, int k) {
        return i < ROI.d() && j < ROI.h() && k < ROI.w() ? window[ROI.index(i, j, k)] : 0;
    }

    private static final class OneSided implements WindowPredictor {
        @Override
        public int classes() {
            return CLASSES;
        }

        @Override
        public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
            FloatBuffer output = FloatBuffer.allocate(batch * CLASSES * roi.length());
            for (int n = 0; n < batch; n++) {
                double[] window = new double[roi.length()];
                for (int v = 0; v < window.length; v++) {
                    window[v] = windows.get(n * roi.length() + v);
                }
                for (int c = 0; c < CLASSES; c++) {
                    for (int v = 0; v < window.length; v++) {
                        output.put((n * CLASSES + c) * roi.length() + v, (float)
                                logit(window, c, v / 20, v / 5 % 4, v % 5));
                    }
                }
            }
            logits.accept(output);
        }
    }

    @Test
    void averagesTheProbabilitiesOfAllMirrorings() {
        Random random = new Random(3);
        FloatBuffer windows = FloatBuffer.allocate(BATCH * ROI.length());
        for (int v = 0; v < windows.capacity(); v++) {
            windows.put(v, random.nextFloat() * 4 - 2);
        }
        float[] actual = new float[BATCH * CLASSES * ROI.length()];
        new MirroredPredictor(new OneSided()).predict(windows, BATCH, ROI, output -> output.get(actual));

        for (int n = 0; n < BATCH; n++) {
            for (int v = 0; v < ROI.length(); v++) {
                double[] expected = mean(windows, n, v / 20, v / 5 % 4, v % 5);
                double sum = 0;
                for (int c = 0; c < CLASSES; c++) {
                    double p = Math.exp(actual[(n * CLASSES + c) * ROI.length() + v]);
                    assertThat(p).isCloseTo(expected[c], within(1e-6));
                    sum += p;
                }
                assertThat(sum).isCloseTo(1, within(1e-6));
            }
        }
    }

    private static double[] mean(FloatBuffer windows, int n, int i, int j, int k) {
        double[] mean = new double[CLASSES];
        for (int axes = 0; axes < 8; axes++) {
            double[] mirrored = new double[ROI.length()];
            for (int v = 0; v < mirrored.length; v++) {
                mirrored[mirror(axes, v / 20, v / 5 % 4, v % 5)] = windows.get(n * ROI.length() + v);
            }
            int seen = mirror(axes, i, j, k);
            double[] exp = new double[CLASSES];
            double sum = 0;
            for (int c = 0; c < CLASSES; c++) {
                exp[c] = Math.exp(logit(mirrored, c, seen / 20, seen / 5 % 4, seen % 5));
                sum += exp[c];
            }
            for (int c = 0; c < CLASSES; c++) {
                mean[c] += exp[c] / sum / 8;
            }
        }
        return mean;
    }

    private static int mirror(int axes, int i, int j, int k) {
        return ROI.index(
                (axes & 1) == 0 ? i : ROI.d() - 1 - i,
                (axes & 2) == 0 ? j : ROI.h() - 1 - j,
                (axes & 4) == 0 ? k : ROI.w() - 1 - k);
    }
}
