package io.deformux.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.deformux.volume.Shape3;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SurfaceDistancesTest {
    private static final Shape3 LINE = new Shape3(1, 1, 12);

    @Test
    void measuresBothDirections() {
        // On a line every voxel is surface: prediction 2..4, truth 2..8; the truth is 1, 2, 3, 4 voxels past its end.
        SurfaceDistances distances = line(bar(2, 4), bar(2, 8), 0.5);
        assertThat(distances.hausdorffFromPrediction(100)).isZero();
        assertThat(distances.hausdorffFromTruth(100)).isEqualTo(2);
        assertThat(distances.hausdorff()).isEqualTo(2);
        assertThat(distances.mean()).isCloseTo((0.5 + 1 + 1.5 + 2) / 10, within(1e-12));
        assertThat(distances.surfaceDice(1)).isEqualTo(8.0 / 10);
    }

    @Test
    void interpolatesThePercentileBetweenRanks() {
        // Sorted distances of the truth: 0 0 0 1 2 3 4; rank 0.75 * 6 = 4.5 lies between 2 and 3.
        assertThat(line(bar(2, 4), bar(2, 8), 1).hausdorff(75)).isEqualTo(2.5);
    }

    @Test
    void takesDistancesThatDifferFromTheToleranceByRoundingOnlyAsWithin() {
        assertThat(line(bar(2, 2), bar(5, 5), 0.1).surfaceDice(0.3)).isEqualTo(1);
    }

    @Test
    void hasNothingToMeasureIfBothAreEmpty() {
        SurfaceDistances distances = line(new byte[12], new byte[12], 1);
        assertThat(distances.hausdorff()).isNaN();
        assertThat(distances.hausdorff(95)).isNaN();
        assertThat(distances.surfaceDice(1)).isNaN();
        assertThat(distances.mean()).isNaN();
    }

    @Test
    void isInfinitelyFarIfOneIsEmpty() {
        for (SurfaceDistances distances :
                new SurfaceDistances[] {line(bar(2, 4), new byte[12], 1), line(new byte[12], bar(2, 4), 1)}) {
            assertThat(distances.hausdorff()).isInfinite();
            assertThat(distances.hausdorff(95)).isNaN();
            assertThat(distances.surfaceDice(1)).isZero();
            assertThat(distances.mean()).isInfinite();
        }
    }

    @Test
    void leavesTheInsideOfAStructureOut() {
        // A full 3x3x3 image against its centre voxel: 26 surface voxels at 1, sqrt 2 and sqrt 3, and one at 1.
        Shape3 shape = new Shape3(3, 3, 3);
        byte[] full = new byte[27];
        Arrays.fill(full, (byte) 1);
        byte[] centre = new byte[27];
        centre[13] = 1;
        SurfaceDistances distances = SurfaceDistances.between(full, centre, 1, shape, 1, 1, 1);
        assertThat(distances.hausdorff()).isEqualTo(Math.sqrt(3));
        assertThat(distances.surfaceDice(1)).isEqualTo(7.0 / 27);
        assertThat(distances.mean()).isCloseTo((7 + 12 * Math.sqrt(2) + 8 * Math.sqrt(3)) / 27, within(1e-12));
    }

    @Property(tries = 100)
    void agreesWithComparingEveryPairOfSurfaceVoxels(
            @ForAll @IntRange(min = 1, max = 7) int d,
            @ForAll @IntRange(min = 1, max = 7) int h,
            @ForAll @IntRange(min = 1, max = 7) int w,
            @ForAll long seed) {
        Shape3 shape = new Shape3(d, h, w);
        double[] spacing = {0.8, 1, 3};
        Random random = new Random(seed);
        byte[] prediction = randomLabels(shape, random);
        byte[] truth = randomLabels(shape, random);
        for (int label = 0; label < 3; label++) {
            boolean[] a = surface(prediction, label, shape);
            boolean[] b = surface(truth, label, shape);
            double[] all = DoubleStream.concat(distances(a, b, shape, spacing), distances(b, a, shape, spacing))
                    .toArray();
            SurfaceDistances distances = SurfaceDistances.between(prediction, truth, label, shape, spacing);
            assertSame(distances.hausdorff(), DoubleStream.of(all).max().orElse(Double.NaN));
            assertSame(distances.mean(), DoubleStream.of(all).average().orElse(Double.NaN));
            assertSame(
                    distances.surfaceDice(0.9),
                    DoubleStream.of(all).map(x -> x <= 0.9 ? 1 : 0).average().orElse(Double.NaN));
        }
    }

    @Test
    void refusesSpacingsTolerancesAndPercentilesThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> line(bar(1, 2), bar(1, 2), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SurfaceDistances.between(bar(1, 2), bar(1, 2), 1, LINE, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SurfaceDistances.between(bar(1, 2), new byte[3], 1, LINE, 1, 1, 1));
        SurfaceDistances distances = line(bar(1, 2), bar(1, 2), 1);
        assertThatIllegalArgumentException().isThrownBy(() -> distances.surfaceDice(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> distances.hausdorff(101));
    }

    private static SurfaceDistances line(byte[] prediction, byte[] truth, double spacing) {
        return SurfaceDistances.between(prediction, truth, 1, LINE, 9, 9, spacing);
    }

    private static byte[] bar(int from, int to) {
        byte[] labels = new byte[12];
        Arrays.fill(labels, from, to + 1, (byte) 1);
        return labels;
    }

    private static byte[] randomLabels(Shape3 shape, Random random) {
        byte[] labels = new byte[shape.length()];
        int classes = 1 + random.nextInt(3);
        for (int n = 0; n < labels.length; n++) {
            labels[n] = (byte) (random.nextInt(3) == 0 ? random.nextInt(classes) : 0);
        }
        return labels;
    }

    private static boolean[] surface(byte[] labels, int label, Shape3 shape) {
        boolean[] surface = new boolean[labels.length];
        for (int n = 0; n < labels.length; n++) {
            int k = n % shape.w();
            int j = n / shape.w() % shape.h();
            int i = n / shape.w() / shape.h();
            boolean inside = i > 0 && j > 0 && k > 0 && i < shape.d() - 1 && j < shape.h() - 1 && k < shape.w() - 1;
            surface[n] = labels[n] == label
                    && !(inside
                            && IntStream.of(1, shape.w(), shape.h() * shape.w()).allMatch(step(labels, label, n)));
        }
        return surface;
    }

    private static IntPredicate step(byte[] labels, int label, int n) {
        return step -> labels[n - step] == label && labels[n + step] == label;
    }

    private static DoubleStream distances(boolean[] from, boolean[] to, Shape3 shape, double[] spacing) {
        return IntStream.range(0, from.length)
                .filter(n -> from[n])
                .mapToDouble(n -> DistanceTransformTest.bruteForce(to, shape, spacing, n));
    }

    private static void assertSame(double actual, double expected) {
        if (Double.isFinite(expected)) {
            assertThat(actual).isCloseTo(expected, within(1e-9));
        } else {
            assertThat(Double.valueOf(actual)).isEqualTo(Double.valueOf(expected));
        }
    }
}
