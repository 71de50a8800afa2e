package io.deformux.volume;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Reversing the rows moves values in memory and leaves them where they are in the patient. */
class ReversalTest {
    private static final Shape3 SHAPE = new Shape3(2, 3, 4);
    private static final Affine OBLIQUE = Affine.of(1, 0.2, 0, 5, -0.1, 2, 0.3, -7, 0, 0.1, 3, 11);

    @Test
    void everyValueKeepsItsPlace() {
        float[] voxels = new float[SHAPE.length()];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = n;
        }
        Volume original = new Volume(new Geometry(SHAPE, OBLIQUE), voxels.clone());

        Volume reversed = new Volume(original.geometry(), voxels).reverseRows();

        for (int i = 0; i < SHAPE.d(); i++) {
            for (int j = 0; j < SHAPE.h(); j++) {
                for (int k = 0; k < SHAPE.w(); k++) {
                    int other = SHAPE.h() - 1 - j;
                    assertThat(reversed.at(i, j, k)).isEqualTo(original.at(i, other, k));
                    assertThatArray(reversed.geometry().affine().apply(i, j, k))
                            .isCloseTo(original.geometry().affine().apply(i, other, k), 1e-12);
                }
            }
        }
    }

    @Test
    void singlePrecisionIsWhatAFileHolds() {
        Geometry geometry = new Geometry(SHAPE, Affine.scaling(0.1, 0.2, 0.3)).inSinglePrecision();

        assertThat(geometry.affine().at(0, 0)).isEqualTo(0.1f);
    }
}
