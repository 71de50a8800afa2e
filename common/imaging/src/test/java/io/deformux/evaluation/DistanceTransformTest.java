package io.deformux.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.volume.Shape3;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DistanceTransformTest {

    @Property(tries = 300)
    void agreesWithTryingEveryTarget(
            @ForAll @IntRange(min = 1, max = 9) int d,
            @ForAll @IntRange(min = 1, max = 9) int h,
            @ForAll @IntRange(min = 1, max = 9) int w,
            @ForAll @DoubleRange(min = 0.1, max = 5) double si,
            @ForAll @DoubleRange(min = 0.1, max = 5) double sj,
            @ForAll @DoubleRange(min = 0.1, max = 5) double sk,
            @ForAll @IntRange(min = 1, max = 200) int oneTargetIn,
            @ForAll long seed) {
        Shape3 shape = new Shape3(d, h, w);
        double[] spacing = {si, sj, sk};
        boolean[] targets = new boolean[shape.length()];
        Random random = new Random(seed);
        for (int n = 0; n < targets.length; n++) {
            targets[n] = random.nextInt(oneTargetIn) == 0;
        }
        double[] distances = DistanceTransform.toNearest(targets, shape, spacing);
        for (int n = 0; n < targets.length; n++) {
            double expected = bruteForce(targets, shape, spacing, n);
            if (Double.isInfinite(expected)) {
                assertThat(distances[n]).isInfinite();
            } else {
                assertThat(distances[n]).isCloseTo(expected, within(1e-12 * (1 + expected)));
            }
        }
    }

    @Test
    void measuresAlongEachAxisWithItsSpacing() {
        Shape3 shape = new Shape3(2, 3, 4);
        boolean[] targets = new boolean[shape.length()];
        targets[0] = true;
        double[] distances = DistanceTransform.toNearest(targets, shape, new double[] {2, 3, 5});
        assertThat(distances[shape.index(1, 0, 0)]).isEqualTo(2);
        assertThat(distances[shape.index(0, 2, 0)]).isEqualTo(6);
        assertThat(distances[shape.index(0, 0, 3)]).isEqualTo(15);
        assertThat(distances[shape.index(1, 2, 3)]).isEqualTo(Math.sqrt(4 + 36 + 225));
    }

    static double bruteForce(boolean[] targets, Shape3 shape, double[] spacing, int from) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int n = 0; n < targets.length; n++) {
            if (targets[n]) {
                double i = (n / (shape.h() * shape.w()) - from / (shape.h() * shape.w())) * spacing[0];
                double j = (n / shape.w() % shape.h() - from / shape.w() % shape.h()) * spacing[1];
                double k = (n % shape.w() - from % shape.w()) * spacing[2];
                nearest = Math.min(nearest, Math.sqrt(i * i + j * j + k * k));
            }
        }
        return nearest;
    }
}
