package io.deformux.transform;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntensityTest {
    @Test
    void zScoreIsThatOfTheVoxelsThatAreNotZeroAndLeavesZeros() {
        IntensityScale scale = new ZScore().of(scan(0, 100, 200, 300, 0, Float.NaN));

        double deviation = Math.sqrt(20000 / 3.0);
        assertThat(scale.scale(200)).isZero();
        assertThat(scale.scale(300)).isCloseTo((float) (100 / deviation), within(1e-5f));
        assertThat(scale.scale(0)).isZero();
        assertThat(scale.scale(Float.NaN)).isZero();
        assertThat(scale.isForeground(100)).isTrue();
        assertThat(scale.isForeground(0)).isFalse();
        assertThat(scale.display().lo()).isLessThan(100);
    }

    @Test
    void theWholeScoreCountsTheZerosThatLieBetweenWhatIsNone() {
        float[] voxels = new float[6 * 5 * 4];
        Shape3 shape = new Shape3(6, 5, 4);
        voxels[shape.index(1, 2, 1)] = 60;
        voxels[shape.index(2, 3, 1)] = 20;
        voxels[shape.index(0, 0, 0)] = Float.NaN;
        IntensityScale scale = new WholeScore().of(new Volume(new Geometry(shape, Affine.scaling(1, 1, 1)), voxels));

        // The box has four voxels: 60, 20 and two zeros.
        double deviation = Math.sqrt((40 * 40 + 0 + 20 * 20 + 20 * 20) / 4.0);
        assertThat(scale.scale(60)).isCloseTo((float) (40 / deviation), within(1e-5f));
        assertThat(scale.scale(0)).isCloseTo((float) (-20 / deviation), within(1e-5f));
        assertThat(scale.scale(Float.NaN)).isZero();
        assertThat(scale.isForeground(0)).isFalse();
        assertThat(scale.isForeground(-3)).isTrue();
        assertThat(new WholeScore().of(scan(0, 0)).scale(0)).isZero();
        assertThat(new WholeScore().of(scan(7, 7)).scale(7)).isZero();
    }

    @Test
    void valuesThatAreAllTheSameAreNoDivisionByZero() {
        assertThat(new ZScore().of(scan(7, 7, 0)).scale(7)).isZero();
        assertThat(new ZScore().of(scan(0, 0, 0)).scale(0)).isZero();
        assertThat(new Percentiles(1, 99).of(scan(7, 7, 0)).isForeground(7)).isFalse();
        assertThat(new Percentiles(1, 99).of(scan(0, 0, 0)).isForeground(0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 25, 50, 99.5, 100})
    void percentilesAreThoseOfTheSortedValues(double percentile) {
        Random random = new Random(3);
        float[] voxels = new float[5000];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = n % 5 == 0 ? 0 : (float) (random.nextGaussian() * 1000);
        }
        float[] sorted = new float[4000];
        int count = 0;
        for (float voxel : voxels) {
            if (voxel != 0) {
                sorted[count++] = voxel;
            }
        }
        Arrays.sort(sorted);
        float expected = sorted[(int) Math.max(1, Math.ceil(percentile / 100 * 4000)) - 1];

        IntensityWindow window = percentile < 100
                ? new Percentiles(percentile, 100).of(scan(voxels)).display()
                : new Percentiles(0, 100).of(scan(voxels)).display();

        assertThat(percentile < 100 ? window.lo() : window.hi()).isEqualTo(expected);
    }

    @Test
    void percentilesHaveToBeInOrder() {
        for (double[] wrong : List.of(new double[] {5, 5}, new double[] {-1, 50}, new double[] {1, 101})) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Percentiles(wrong[0], wrong[1]));
        }
    }

    @Test
    void aWindowIsOneOfHu() {
        assertThat(Preset.AMOS.suits("CT")).isTrue();
        assertThat(Preset.AMOS.suits("MR")).isFalse();
        assertThat(Preset.AMOS.withIntensity(new ZScore()).suits("MR")).isTrue();
    }

    @Test
    void aScanOfAnyUnitIsPreparedTheSame() {
        Random random = new Random(4);
        Shape3 shape = new Shape3(12, 11, 10);
        float[] voxels = new float[shape.length()];
        float[] times = new float[shape.length()];
        for (int n = 0; n < voxels.length; n++) {
            boolean air = n / 110 < 3;
            voxels[n] = air ? 0 : 50 + random.nextInt(100);
            times[n] = voxels[n] * 8;
        }
        Geometry geometry = new Geometry(shape, Affine.scaling(1, 1, 1));
        for (Intensity intensity : List.of(new ZScore(), new WholeScore(), new Percentiles(1, 99))) {
            Preprocessing preprocessing =
                    new Preprocessing(new Preset("mr", List.of(), intensity, List.of("background")), 1 << 20);

            Preprocessed one = preprocessing.apply(new Volume(geometry, voxels));
            Preprocessed other = preprocessing.apply(new Volume(geometry, times));

            assertThat(one.foreground().orElseThrow().box().shape().d()).isEqualTo(9);
            assertThatArray(other.foreground().orElseThrow().image())
                    .isCloseTo(one.foreground().orElseThrow().image(), 1e-5);
        }
    }

    private static Volume scan(float... voxels) {
        return new Volume(new Geometry(new Shape3(1, 1, voxels.length), Affine.scaling(1, 1, 1)), voxels);
    }
}
