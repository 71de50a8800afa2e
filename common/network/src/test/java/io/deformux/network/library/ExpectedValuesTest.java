package io.deformux.network.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExpectedValuesTest {
    private static final int BATCH = 2;
    private static final int CHANNELS = 96;
    private static final int VOXELS = 64;

    /** Every value is 1000 channel + voxel, in every sample. */
    private final ExpectedValues expected =
            ExpectedValues.ofMap(BATCH, CHANNELS, VOXELS, 12, new SplittableRandom(1), (sample, channel, voxel) -> {
                DotProduct dot = new DotProduct();
                dot.add(1000 * channel + voxel, 1);
                return dot;
            });

    @Test
    void whatIsRightHasNoError() {
        assertThat(expected.error(right(), 0, right().length)).isZero();
    }

    @Test
    void oneWrongChannelIsFound() {
        float[] map = right();
        for (int voxel = 0; voxel < VOXELS; voxel++) {
            map[(CHANNELS + 77) * VOXELS + voxel] *= 1.5f;
        }
        assertThat(expected.error(map, 0, map.length)).isEqualTo(0.5);
    }

    @Test
    void aWrongFirstOrLastVoxelIsFound() {
        float[] first = right();
        first[5 * VOXELS] = 0;
        assertThat(expected.error(first, 0, first.length)).isEqualTo(1);
        float[] last = right();
        last[last.length - 1] = 0;
        assertThat(expected.error(last, 0, last.length)).isEqualTo(1);
    }

    @Test
    void aValueThatIsNotFiniteIsFoundAnywhere() {
        for (int at = 0; at < right().length; at += 101) {
            float[] map = right();
            map[at] = at % 2 == 0 ? Float.NaN : Float.NEGATIVE_INFINITY;
            assertThat(expected.error(map, 0, map.length)).isInfinite();
        }
    }

    @Test
    void anErrorIsMeasuredAgainstTheTermsWhereTheyCancel() {
        DotProduct dot = new DotProduct();
        dot.add(3, 1);
        dot.add(-3, 1);
        assertThat(dot.error((float) (0.5 * Math.sqrt(18)))).isBetween(0.49999, 0.50001);
        assertThat(new DotProduct().error(0)).isZero();
        assertThat(new DotProduct().error(1e-30f)).isInfinite();
    }

    private static float[] right() {
        float[] map = new float[BATCH * CHANNELS * VOXELS];
        for (int i = 0; i < map.length; i++) {
            map[i] = 1000 * (i / VOXELS % CHANNELS) + i % VOXELS;
        }
        return map;
    }
}
