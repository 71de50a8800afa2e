package io.deformux.volume;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

    @Test
    void interpolatesHalfwayBetweenNeighbours() {
        Volume source = new Volume(grid(new Shape3(1, 1, 3), 1, 1, 1), new float[] {0, 10, 30});

        Volume half = Resampler.trilinear(source, grid(new Shape3(1, 1, 6), 1, 1, 0.5))
                .volume();

        assertThatArray(half.voxels()).containsExactly(0, 5, 10, 20, 30, 30);
    }

    @Test
    void averagesTheEightCornersAtTheCentreOfACube() {
        Volume source = new Volume(grid(new Shape3(2, 2, 2), 1, 1, 1), new float[] {0, 1, 2, 3, 4, 5, 6, 70});
        Geometry centre = new Geometry(new Shape3(1, 1, 1), Affine.of(1, 0, 0, 0.5, 0, 1, 0, 0.5, 0, 0, 1, 0.5));

        assertThatArray(Resampler.trilinear(source, centre).volume().voxels()).containsExactly(91f / 8);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 6, 5, 11, 4, 9, 0.7, 1.6, 0.55",
        "1, 6, 5, 3, 4, 9, 0.7, 1.6, 0.55",
        "7, 1, 1, 5, 2, 2, 1.3, 1.6, 1",
        "4, 4, 4, 4, 4, 4, 1, 1, 1",
        "9, 8, 7, 2, 3, 2, 4.1, 2.9, 3.3",
    })
    void separableGivesWhatVoxelByVoxelGives(
            int d, int h, int w, int td, int th, int tw, double si, double sj, double sk) {
        Volume source = random(new Shape3(d, h, w));
        Geometry target = grid(new Shape3(td, th, tw), si, sj, sk);

        Resampler fast = Resampler.trilinear(source, target);
        Resampler plain = new ShearedResampler(source, target, IndexMap.between(target, source.geometry()));

        assertThat(fast).isInstanceOf(SeparableResampler.class);
        assertThatArray(fast.volume().voxels()).isCloseTo(plain.volume().voxels(), 1e-3);
    }

    @Test
    void keepsAConstantRegionExactlyConstant() {
        Volume source = random(new Shape3(6, 6, 6));
        Arrays.fill(source.voxels(), -125.3f);

        float[] values = Resampler.trilinear(source, grid(new Shape3(9, 9, 9), 0.61, 0.57, 0.63))
                .volume()
                .voxels();

        assertThatArray(values).containsOnly(-125.3f);
    }

    @Test
    void samplesALinearRampExactlyUnderShear() {
        Volume source = new Volume(grid(new Shape3(5, 6, 7), 1, 1, 1), new float[5 * 6 * 7]);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 6; j++) {
                for (int k = 0; k < 7; k++) {
                    source.voxels()[source.geometry().shape().index(i, j, k)] = 100 * i + 10 * j + k;
                }
            }
        }
        Geometry sheared =
                new Geometry(new Shape3(3, 3, 3), Affine.of(0.8, 0.3, 0.1, 0.2, 0.1, 0.9, 0.4, 0.3, 0, 0.2, 1.1, 0.4));

        Resampler resampler = Resampler.trilinear(source, sheared);

        assertThat(resampler).isInstanceOf(ShearedResampler.class);
        float[] values = resampler.volume().voxels();
        double[] at = sheared.affine().apply(2, 1, 2);
        assertThat((double) values[sheared.shape().index(2, 1, 2)])
                .isCloseTo(100 * at[0] + 10 * at[1] + at[2], within(1e-4));
    }

    @Test
    void samplesAcrossSwappedAxes() {
        Volume source = new Volume(grid(new Shape3(1, 2, 3), 1, 1, 1), new float[] {0, 1, 2, 3, 4, 5});
        Geometry swapped = new Geometry(new Shape3(1, 3, 2), Affine.of(1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0));

        assertThatArray(Resampler.trilinear(source, swapped).volume().voxels()).containsExactly(0, 3, 1, 4, 2, 5);
    }

    private static Geometry grid(Shape3 shape, double si, double sj, double sk) {
        return new Geometry(shape, Affine.scaling(si, sj, sk));
    }

    private static Volume random(Shape3 shape) {
        float[] voxels = new float[shape.length()];
        Random random = new Random(3);
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = random.nextFloat() * 2000 - 1000;
        }
        return new Volume(grid(shape, 1, 1, 1), voxels);
    }
}
