package io.deformux.inference;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.volume.Shape3;
import org.junit.jupiter.api.Test;

class BlendingTest {

    @Test
    void constantCountsEveryVoxelOnce() {
        assertThatArray(Blending.CONSTANT.weights(new Shape3(2, 3, 4), 0.125))
                .containsOnly(1f)
                .hasSize(24);
    }

    @Test
    void gaussianIsTheErrorFunctionDifferenceOverItsPeak() {
        // sigma 1, centre 4: erf(0.5/sqrt 2) = 0.38292492, (erf(1.5/sqrt 2) - erf(0.5/sqrt 2)) / 2 = 0.24173034
        float[] weights = Blending.GAUSSIAN.weights(new Shape3(1, 1, 8), 0.125);
        assertThat(weights[4]).isEqualTo(1);
        assertThat((double) weights[3]).isCloseTo(0.24173034 / 0.38292492, within(1e-6));
        assertThat(weights[5]).isEqualTo(weights[3]);
    }

    @Test
    void gaussianIsCutOffAtFourSigmaAndRaisedToTheBound() {
        float[] weights = Blending.GAUSSIAN.weights(new Shape3(1, 1, 8), 0.125);
        assertThat(weights[0]).isEqualTo(1e-3f);
    }

    @Test
    void symmetricGaussianIsTheBellAroundTheMiddle() {
        float[] weights = Blending.GAUSSIAN_SYMMETRIC.weights(new Shape3(1, 1, 8), 0.25);
        for (int n = 0; n < 8; n++) {
            double x = n - 3.5;
            assertThat((double) weights[n]).isCloseTo(Math.exp(-x * x / 8), within(1e-7));
            assertThat(weights[n]).isEqualTo(weights[7 - n]);
        }
    }

    @Test
    void raisesZerosToTheSmallestWeightThatIsNotZero() {
        // sigma 0.3, centre 3, cut off one voxel away, where (erf(1.5 / 0.3 sqrt 2) - erf(0.5 / 0.3 sqrt 2)) / 2 over
        // erf(0.5 / 0.3 sqrt 2) is 0.0528408.
        float[] weights = Blending.GAUSSIAN.weights(new Shape3(1, 1, 6), 0.05);
        assertThat((double) weights[2]).isCloseTo(0.0528408, within(1e-6));
        assertThat(weights[0]).isEqualTo(weights[2]);
    }

    @Test
    void multipliesTheAxes() {
        Shape3 roi = new Shape3(4, 6, 8);
        float[] weights = Blending.GAUSSIAN_SYMMETRIC.weights(roi, 0.5);
        float[] alongD = Blending.GAUSSIAN_SYMMETRIC.weights(new Shape3(4, 1, 1), 0.5);
        float[] alongH = Blending.GAUSSIAN_SYMMETRIC.weights(new Shape3(1, 6, 1), 0.5);
        float[] alongW = Blending.GAUSSIAN_SYMMETRIC.weights(new Shape3(1, 1, 8), 0.5);
        assertThat((double) weights[roi.index(1, 4, 2)])
                .isCloseTo((double) alongD[1] * alongH[4] * alongW[2], within(1e-6));
    }
}
