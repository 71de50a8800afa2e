package io.deformux.network.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExactConvolutionTest {

    @Test
    void aConvolutionOfOneRowIsWhatItIsByHand() {
        // Rows 1 2 3 4 and the kernel 10 100 1000 in the middle of 3x3x3, zeros outside.
        TriedConvolution shape = new TriedConvolution(3, 1, false, 1, 1, 1, 1, 1, 4, false);
        float[] w = new float[27];
        w[12] = 10;
        w[13] = 100;
        w[14] = 1000;
        ExactConvolution exact = new ExactConvolution(shape);
        float[] x = {1, 2, 3, 4};
        assertThat(exact.result(x, w, 0, 0, 0).sum()).isEqualTo(2100);
        assertThat(exact.result(x, w, 0, 0, 1).sum()).isEqualTo(3210);
        assertThat(exact.result(x, w, 0, 0, 3).sum()).isEqualTo(430);
    }

    @Test
    void aTransposedConvolutionSpreadsEachVoxelOverItsWindow() {
        TriedConvolution shape = new TriedConvolution(2, 2, true, 1, 1, 1, 1, 1, 2, false);
        float[] w = {1, 2, 3, 4, 5, 6, 7, 8};
        ExactConvolution exact = new ExactConvolution(shape);
        // The result is 2 x 2 x 4; its first row holds the kernel's first row twice, the third row the fifth weight.
        assertThat(exact.result(new float[] {10, 100}, w, 0, 0, 1).sum()).isEqualTo(20);
        assertThat(exact.result(new float[] {10, 100}, w, 0, 0, 2).sum()).isEqualTo(100);
        assertThat(exact.result(new float[] {10, 100}, w, 0, 0, 8).sum()).isEqualTo(50);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void gradientsAreTheAdjointsOfTheResult(TriedConvolution shape) {
        SplittableRandom random = new SplittableRandom(3);
        float[] x = values(random, shape.inLength());
        float[] w = values(random, shape.weights());
        float[] g = values(random, shape.outLength());
        ExactConvolution exact = new ExactConvolution(shape);
        double byResult = 0;
        for (int i = 0; i < g.length; i++) {
            int channel = i / shape.outVoxels() % shape.out();
            int sample = i / shape.outVoxels() / shape.out();
            byResult += g[i]
                    * exact.result(x, w, sample, channel, i % shape.outVoxels()).sum();
        }
        double byInput = 0;
        for (int i = 0; i < x.length; i++) {
            int channel = i / shape.voxels() % shape.in();
            int sample = i / shape.voxels() / shape.in();
            byInput += x[i]
                    * exact.inputGradient(g, w, sample, channel, i % shape.voxels())
                            .sum();
        }
        double byWeights = 0;
        for (int i = 0; i < w.length; i++) {
            byWeights += w[i] * exact.weightGradient(x, g, i).sum();
        }
        assertThat(byInput).isCloseTo(byResult, within(1e-9));
        assertThat(byWeights).isCloseTo(byResult, within(1e-9));
    }

    static Stream<TriedConvolution> shapes() {
        return Stream.of(
                new TriedConvolution(1, 1, false, 2, 3, 2, 2, 3, 4, false),
                new TriedConvolution(3, 1, false, 2, 2, 3, 3, 4, 2, false),
                new TriedConvolution(7, 2, false, 1, 1, 2, 6, 4, 5, false),
                new TriedConvolution(2, 2, false, 2, 3, 2, 4, 2, 6, false),
                new TriedConvolution(2, 2, true, 2, 3, 2, 2, 3, 1, false));
    }

    private static float[] values(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }
}
