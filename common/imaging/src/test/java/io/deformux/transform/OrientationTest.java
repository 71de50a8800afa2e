package io.deformux.transform;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrientationTest {
    private static final Shape3 SHAPE = new Shape3(4, 5, 6);

    static Stream<Affine> affines() {
        return Stream.concat(
                Orientations.all(1, 2, 3).stream(),
                Orientations.all(1, 2, 3).stream().map(affine -> Orientations.tilted(affine, 20)));
    }

    @ParameterizedTest
    @MethodSource("affines")
    void turnsEveryAxisTowardsRightAnteriorSuperior(Affine affine) {
        Geometry oriented = Orientation.toRas(affine).apply(new Geometry(SHAPE, affine));

        for (int axis = 0; axis < 3; axis++) {
            double along = oriented.affine().at(axis, axis) / oriented.affine().spacing()[axis];
            assertThat(along).isGreaterThan(0.7);
        }
    }

    @ParameterizedTest
    @MethodSource("affines")
    void leavesEveryVoxelWhereItIs(Affine affine) {
        Geometry stored = new Geometry(SHAPE, affine);
        Orientation orientation = Orientation.toRas(affine);

        double[] index = orientation.fromStored(SHAPE).matrix().apply(1, 0, 4);

        Geometry oriented = orientation.apply(stored);
        assertThat(index[0]).isBetween(0.0, oriented.shape().d() - 1.0);
        assertThat(index[1]).isBetween(0.0, oriented.shape().h() - 1.0);
        assertThat(index[2]).isBetween(0.0, oriented.shape().w() - 1.0);
        assertThatArray(oriented.affine().apply(index[0], index[1], index[2])).isCloseTo(affine.apply(1, 0, 4), 1e-9);
    }

    @Test
    void judgesShearedAxesByTheNearestRotation() {
        // Axis 1 leans more towards right (1.2) than anterior (1), but axis 0 points right already.
        Orientation orientation = Orientation.toRas(Affine.of(1, 1.2, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0));

        assertThat(orientation.storedAxis(0)).isZero();
        assertThat(orientation.storedAxis(1)).isEqualTo(1);
        assertThat(orientation.storedAxis(2)).isEqualTo(2);
    }

    @Test
    void orientsABox() {
        Orientation orientation = Orientation.toRas(Affine.of(0, 0, 1, 0, -1, 0, 0, 0, 0, 1, 0, 0));

        CropBox box = orientation.apply(new CropBox(1, 2, 3, new Shape3(2, 1, 3)), SHAPE);

        assertThat(box).isEqualTo(new CropBox(3, 1, 2, new Shape3(3, 2, 1)));
    }
}
