package io.deformux.worker.infer.probability;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.transform.LabelRule;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DoubtSumsTest {
    @Test
    void whatIsCertainHasNoEntropyAndWhatIsAsLikelyHasAll() {
        DoubtSums sums = new DoubtSums(4);
        float[] entropy = sums.accept(new float[] {
            0, 0.25f, 0, //
            1, 0.25f, 0, //
            0, 0.25f, 0.5f, //
            0, 0.25f, 0.5f
        });
        assertThatArray(entropy).isCloseTo(new float[] {0, 1, 0.5f}, 1e-6);
        assertThat(sums.of(1)).contains(new LabelDoubt(1, 0));
        assertThat(sums.of(0)).contains(new LabelDoubt(0.25, 1));
        assertThat(sums.of(2).orElseThrow().confidence()).isEqualTo(0.5);
        assertThat(sums.of(2).orElseThrow().entropy()).isCloseTo(0.5, within(1e-6));
        assertThat(sums.of(3)).as("of equals the first is the label").isEmpty();
    }

    @Test
    void regionsAreDoubtedEachByItself() {
        DoubtSums sums = new DoubtSums(3, new LabelRule(List.of(1, 2)));
        float[] entropy = sums.accept(new float[] {
            0.5f, 0.5f, 0.5f, //
            1, 0.9f, 0.1f, //
            0, 0.6f, 0.2f
        });
        assertThat(entropy[0]).isZero();
        assertThat((double) entropy[1]).isCloseTo((0.4690 + 0.9710) / 2, within(1e-4));
        assertThat(sums.of(1)).contains(new LabelDoubt(1, 0));
        assertThat(sums.of(2).orElseThrow().confidence()).isCloseTo(0.6, within(1e-6));
        assertThat(sums.of(0).orElseThrow().confidence())
                .as("that of no region")
                .isCloseTo(0.8, within(1e-6));
    }

    /** Two that are written as label 3, and one that cuts out of them. */
    @Test
    void regionsAreDoubtedUnderTheLabelThatTheyAreWrittenAs() {
        DoubtSums sums = new DoubtSums(4, new LabelRule(List.of(3, 3, 0)));
        sums.accept(new float[] {
            0.5f, 0.5f, 0.5f, 0.5f, //
            0.9f, 0.9f, 0.1f, 0.9f, //
            0.1f, 0.7f, 0.2f, 0.1f, //
            0.1f, 0.1f, 0.3f, 0.6f
        });
        assertThat(sums.of(3).orElseThrow().confidence()).isCloseTo((0.9 + 0.7) / 2, within(1e-6));
        assertThat(sums.of(0).orElseThrow().confidence())
                .as("one of no region, one cut out")
                .isCloseTo((0.7 + 0.6) / 2, within(1e-6));
        assertThat(sums.of(1)).isEmpty();
    }

    @Test
    void aLabelsMeanIsOverAllItsVoxelsAndAlwaysTheSame() {
        int voxels = 10_000;
        float[] plane = new float[3 * voxels];
        Random random = new Random(1);
        double[] expected = new double[3];
        int[] count = new int[3];
        for (int v = 0; v < voxels; v++) {
            float a = random.nextFloat();
            float b = (1 - a) * random.nextFloat();
            float[] p = {a, b, 1 - a - b};
            int label = p[1] > p[0] ? (p[2] > p[1] ? 2 : 1) : p[2] > p[0] ? 2 : 0;
            for (int c = 0; c < 3; c++) {
                plane[c * voxels + v] = p[c];
            }
            expected[label] += p[label];
            count[label]++;
        }
        DoubtSums first = new DoubtSums(3);
        DoubtSums again = new DoubtSums(3);
        for (int times = 0; times < 5; times++) {
            first.accept(plane);
            again.accept(plane);
        }
        for (int c = 0; c < 3; c++) {
            Optional<LabelDoubt> doubt = first.of(c);
            assertThat(doubt.orElseThrow().confidence()).isCloseTo(expected[c] / count[c], within(1e-9));
            assertThat(again.of(c)).isEqualTo(doubt);
        }
    }
}
