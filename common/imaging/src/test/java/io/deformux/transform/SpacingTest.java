package io.deformux.transform;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpacingTest {
    private static final long LIMIT = 1_000_000;

    @Test
    void roundsTheNumberOfVoxelsHalfToEven() {
        // (n - 1) * 0.75 / 1.5 + 1 is 14.5 for 28 and 15.5 for 30 voxels
        Geometry source = new Geometry(new Shape3(28, 30, 1), Affine.scaling(0.75, 0.75, 3));

        assertThat(Spacing.resampled(source, List.of(1.5, 1.5, 2.0), LIMIT).shape())
                .isEqualTo(new Shape3(14, 16, 1));
    }

    @Test
    void keepsDirectionsAndTheFirstVoxelInPlace() {
        Geometry source = new Geometry(new Shape3(10, 10, 10), Affine.of(0, 0, 3, 11, -0.8, 0, 0, 12, 0, 0.9, 0, 13));

        Affine affine = Spacing.resampled(source, List.of(1.0, 1.5, 2.0), LIMIT).affine();

        assertThatArray(affine.toArray())
                .isCloseTo(new double[] {0, 0, 2, 11, -1, 0, 0, 12, 0, 1.5, 0, 13, 0, 0, 0, 1}, 1e-12);
    }

    @Test
    void straightensShearKeepingTheFirstAxis() {
        Geometry source = new Geometry(new Shape3(10, 10, 10), Affine.of(2, 1, 0, 0, 0, 2, 1, 0, 0, 0, 2, 0));

        Geometry resampled = Spacing.resampled(source, List.of(1.0, 1.0, 1.0), LIMIT);

        assertThatArray(resampled.affine().toArray())
                .isCloseTo(new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}, 1e-12);
        // the parallelepiped reaches 9 * (2 + 1) mm along the first two axes, 9 * 2 mm along the third
        assertThat(resampled.shape()).isEqualTo(new Shape3(28, 28, 19));
    }

    @Test
    void refusesAGridAboveTheLimitBeforeAllocating() {
        Geometry source = new Geometry(new Shape3(1000, 1000, 1000), Affine.scaling(1e6, 1e6, 1e6));

        assertThatThrownBy(() -> Spacing.resampled(source, List.of(1.0, 1.0, 1.0), LIMIT))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.INPUT_TOO_LARGE))
                .hasMessageContaining("limit of " + LIMIT);
    }

    @Test
    void leavesOutResamplingThatHardlyChangesAnything() {
        Geometry target = new Geometry(new Shape3(5, 5, 5), Affine.scaling(1.5, 1.5, 2));

        assertThat(Spacing.hardlyDiffer(new Geometry(target.shape(), Affine.scaling(1.5009, 1.5, 2)), target))
                .isTrue();
        assertThat(Spacing.hardlyDiffer(new Geometry(target.shape(), Affine.scaling(1.51, 1.5, 2)), target))
                .isFalse();
        assertThat(Spacing.hardlyDiffer(new Geometry(new Shape3(5, 5, 6), target.affine()), target))
                .isFalse();
    }
}
