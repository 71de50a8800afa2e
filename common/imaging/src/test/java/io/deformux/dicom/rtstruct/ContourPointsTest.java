package io.deformux.dicom.rtstruct;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContourPointsTest {
    private static final Shape3 SHAPE = new Shape3(9, 7, 4);

    @Test
    void withoutHolesTheyAreThoseThatAreDrawn() {
        // Stripes of steps: no label can surround another, and many touch at corners only.
        byte[] voxels = new byte[SHAPE.length()];
        for (int i = 0; i < SHAPE.d(); i++) {
            for (int j = 0; j < SHAPE.h(); j++) {
                for (int k = 0; k < SHAPE.w(); k++) {
                    voxels[SHAPE.index(i, j, k)] = (byte) ((i + j) % (k + 2));
                }
            }
        }

        assertThat(ContourPoints.of(map(voxels))).isPositive().isEqualTo(drawn(voxels));
    }

    @Test
    void holesAddAtMostAsManyAgain() {
        Random random = new Random(5);
        byte[] voxels = new byte[SHAPE.length()];
        for (int round = 0; round < 50; round++) {
            for (int n = 0; n < voxels.length; n++) {
                voxels[n] = (byte) random.nextInt(3);
            }
            long counted = ContourPoints.of(map(voxels));

            assertThat(drawn(voxels)).isBetween(counted, 2 * counted);
        }
    }

    @Test
    void whereNothingIsLabelledThereAreNone() {
        assertThat(ContourPoints.of(map(new byte[SHAPE.length()]))).isZero();
    }

    private static LabelMap map(byte[] voxels) {
        return new LabelMap(new Geometry(SHAPE, Affine.scaling(1, 1, 1)), voxels);
    }

    /** The points of all outlines. */
    private static long drawn(byte[] voxels) {
        long points = 0;
        byte[] pixels = new byte[SHAPE.d() * SHAPE.h()];
        for (int k = 0; k < SHAPE.w(); k++) {
            for (int j = 0; j < SHAPE.h(); j++) {
                for (int i = 0; i < SHAPE.d(); i++) {
                    pixels[j * SHAPE.d() + i] = voxels[SHAPE.index(i, j, k)];
                }
            }
            for (int label = 1; label < 6; label++) {
                for (int[] corners : Outlines.of(pixels, label, SHAPE.d(), SHAPE.h())) {
                    points += corners.length / 2;
                }
            }
        }
        return points;
    }
}
