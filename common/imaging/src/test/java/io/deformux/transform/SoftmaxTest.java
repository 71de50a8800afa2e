package io.deformux.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SoftmaxTest {

    @Test
    void agreesWithTheFormulaOnEveryVoxel() {
        int voxels = 2500;
        float[] logits = new float[3 * voxels];
        Random random = new Random(2);
        for (int n = 0; n < logits.length; n++) {
            logits[n] = 20 * random.nextFloat() - 10;
        }
        float[] probabilities = new float[logits.length];

        Softmax.overClasses(logits, 3, probabilities, voxels);

        for (int n = 0; n < voxels; n++) {
            double sum = Math.exp(logits[n]) + Math.exp(logits[voxels + n]) + Math.exp(logits[2 * voxels + n]);
            for (int c = 0; c < 3; c++) {
                assertThat((double) probabilities[c * voxels + n])
                        .isCloseTo(Math.exp(logits[c * voxels + n]) / sum, within(1e-6));
            }
        }
    }

    @Test
    void doesNotOverflow() {
        float[] probabilities = new float[2];

        Softmax.overClasses(new float[] {1000, 999}, 2, probabilities, 1);

        assertThat(probabilities[0]).isCloseTo(0.7310586f, within(1e-6f));
    }
}
