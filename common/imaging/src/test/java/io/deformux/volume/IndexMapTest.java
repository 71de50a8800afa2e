package io.deformux.volume;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IndexMapTest {
    private static final Shape3 SHAPE = new Shape3(512, 512, 200);

    @Test
    void keepsWorldPositions() {
        Geometry from = new Geometry(SHAPE, Affine.of(0, 2, 0, 5, -1, 0, 0, 7, 0, 0, 3, -4));
        Geometry to = new Geometry(SHAPE, Affine.of(1.5, 0, 0, 1, 0, 0, -2, 2, 0, 0.5, 0, 3));

        double[] index = IndexMap.between(from, to).matrix().apply(3, 4, 5);

        assertThatArray(to.affine().apply(index[0], index[1], index[2]))
                .containsExactly(from.affine().apply(3, 4, 5));
    }

    @Test
    void isSeparableWhenAxesAreOnlySwappedFlippedAndScaled() {
        IndexMap map = new IndexMap(Affine.of(0, -2, 0, 9, 0, 0, 1, 0, 0.5, 0, 0, 0));

        assertThat(map.separable(SHAPE)).isTrue();
        assertThat(map.drivingAxis(0)).isEqualTo(1);
        assertThat(map.drivingAxis(1)).isEqualTo(2);
        assertThat(map.drivingAxis(2)).isZero();
    }

    @Test
    void isSeparableInSpiteOfFloat32Rounding() {
        assertThat(new IndexMap(Affine.of(1, 1e-8, 0, 0, 0, 1, -2e-8, 0, 0, 0, 1, 0)).separable(SHAPE))
                .isTrue();
    }

    @Test
    void isNotSeparableUnderShear() {
        assertThat(new IndexMap(Affine.of(1, 0, 0.01, 0, 0, 1, 0, 0, 0, 0, 1, 0)).separable(SHAPE))
                .isFalse();
    }

    @Test
    void isNotSeparableWhenOneAxisDrivesTwo() {
        assertThat(new IndexMap(Affine.of(1, 0, 0, 0, 1, 0.5, 0, 0, 0, 0, 1, 0)).separable(new Shape3(2, 1, 1)))
                .isFalse();
    }
}
