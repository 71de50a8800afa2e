package io.deformux.mesh;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SurfaceNetsTest {
    private static final Affine UPRIGHT = Affine.of(-1.5, 0, 0, 10, 0, 2, 0, -20, 0, 0, 2.5, 30);
    private static final Affine MIRRORED = Affine.of(1.5, 0, 0, 10, 0, 2, 0, -20, 0, 0, 2.5, 30);

    @Test
    void aBallHasTheVolumeOfItsVoxelsAndLooksOutwards() {
        for (Affine affine : List.of(UPRIGHT, MIRRORED)) {
            LabelMap ball = ball(affine, 14);
            double voxels = ball.counts()[3] * Math.abs(affine.determinant());

            assertThat(volume(SurfaceNets.of(ball, 3))).isCloseTo(voxels, within(0.04 * voxels));
        }
    }

    @Test
    void theSurfaceLiesWhereTheLabelIsInThePatient() {
        Surface surface = SurfaceNets.of(ball(UPRIGHT, 14), 3);
        double[] centre = UPRIGHT.apply(15, 15, 15);
        double[] mean = new double[3];
        for (int n = 0; n < surface.vertices().length; n++) {
            mean[n % 3] += surface.vertices()[n] / (surface.vertices().length / 3.0);
        }

        assertThatArray(mean).isCloseTo(centre, 0.01);
    }

    @Test
    void everySurfaceIsClosedAlsoAtTheEdgeOfTheGrid() {
        Random random = new Random(5);
        Shape3 shape = new Shape3(6, 7, 8);
        byte[] noise = new byte[shape.length()];
        for (int n = 0; n < noise.length; n++) {
            noise[n] = (byte) random.nextInt(3);
        }
        for (LabelMap labels : List.of(ball(UPRIGHT, 30), new LabelMap(new Geometry(shape, UPRIGHT), noise))) {
            int label = labels.at(0, 0, 0) == 0 ? 1 : labels.at(0, 0, 0);
            assertThat(openEdges(SurfaceNets.of(labels, label))).isZero();
        }
    }

    @Test
    void aLabelThatIsNotThereHasNoTriangles() {
        assertThatArray(SurfaceNets.of(ball(UPRIGHT, 5), 9).triangles()).hasSize(0);
    }

    private static LabelMap ball(Affine affine, double radius) {
        Shape3 shape = new Shape3(31, 31, 31);
        byte[] labels = new byte[shape.length()];
        for (int i = 0; i < 31; i++) {
            for (int j = 0; j < 31; j++) {
                for (int k = 0; k < 31; k++) {
                    double r = Math.sqrt((i - 15) * (i - 15) + (j - 15) * (j - 15) + (k - 15) * (k - 15));
                    labels[shape.index(i, j, k)] = (byte) (r < radius ? 3 : 0);
                }
            }
        }
        return new LabelMap(new Geometry(shape, affine), labels);
    }

    /** By the divergence theorem: positive where triangles look outwards. */
    private static double volume(Surface surface) {
        double six = 0;
        for (int n = 0; n < surface.triangles().length; n += 3) {
            double[] a = vertex(surface, n);
            double[] b = vertex(surface, n + 1);
            double[] c = vertex(surface, n + 2);
            six += a[0] * (b[1] * c[2] - b[2] * c[1])
                    - a[1] * (b[0] * c[2] - b[2] * c[0])
                    + a[2] * (b[0] * c[1] - b[1] * c[0]);
        }
        return six / 6;
    }

    private static double[] vertex(Surface surface, int corner) {
        double[] at = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            at[axis] = surface.vertices()[3 * surface.triangles()[corner] + axis];
        }
        return at;
    }

    /** Edges that are not gone along as often in one direction as in the other. */
    private static long openEdges(Surface surface) {
        Map<Long, Integer> balance = new HashMap<>();
        for (int n = 0; n < surface.triangles().length; n++) {
            int from = surface.triangles()[n];
            int to = surface.triangles()[n % 3 == 2 ? n - 2 : n + 1];
            long edge = (long) Math.min(from, to) << 32 | Math.max(from, to);
            balance.merge(edge, from < to ? 1 : -1, Integer::sum);
        }
        return balance.values().stream().filter(sum -> sum != 0).count();
    }
}
