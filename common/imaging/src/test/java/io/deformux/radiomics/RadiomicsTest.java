package io.deformux.radiomics;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class RadiomicsTest {
    private static final Discretisation UNITS = new Discretisation.FixedWidth(1);

    private static final LongUnaryOperator ENOUGH = wanted -> Long.MAX_VALUE;

    private static Radiomics phantom(Discretisation discretisation) {
        return Radiomics.of(IbsiPhantom.scan(), IbsiPhantom.labels(), 7, discretisation)
                .orElseThrow();
    }

    @Test
    void intensitiesAreThoseThatWereAgreedOn() {
        assertAgreed(phantom(UNITS).intensity(), IbsiPhantom.INTENSITY);
    }

    @Test
    void shapeIsWhatWasAgreedOn() {
        assertAgreed(phantom(UNITS).shape(), IbsiPhantom.SHAPE);
    }

    @Test
    void cooccurrenceIsWhatWasAgreedOn() {
        assertAgreed(phantom(UNITS).cooccurrence(), IbsiPhantom.COOCCURRENCE);
    }

    @Test
    void runsAreThoseThatWereAgreedOn() {
        assertAgreed(phantom(UNITS).runLength(), IbsiPhantom.RUNLENGTH);
    }

    @Test
    void zonesAreThoseThatWereAgreedOn() {
        assertAgreed(phantom(UNITS).sizeZone(), IbsiPhantom.SIZEZONE);
    }

    @Test
    void sixBinsOfThePhantomAreItsSixLevels() {
        assertThat(phantom(new Discretisation.FixedCount(6))).isEqualTo(phantom(UNITS));
        assertThat(phantom(UNITS).levels()).isEqualTo(6);
    }

    @Test
    void whatIsTooLargeSaysWhyAndHasNone() {
        Geometry two = new Geometry(new Shape3(1, 1, 3), Affine.scaling(1, 1, 1));
        Volume scan = new Volume(two, new float[] {0, 1024, 5});
        LabelMap wide = new LabelMap(two, new byte[] {1, 1, 2});
        assertThat(Radiomics.tooLarge(scan, wide, 1, UNITS, ENOUGH)).hasValueSatisfying(none -> {
            assertThat(none.why()).contains("1024 grey levels");
            assertThat(none.lacksHeap()).isFalse();
        });
        assertThat(Radiomics.of(scan, wide, 1, UNITS)).isEmpty();
        assertThat(Radiomics.tooLarge(scan, wide, 1, new Discretisation.FixedCount(32), ENOUGH))
                .isEmpty();
        assertThat(Radiomics.tooLarge(scan, wide, 2, UNITS, ENOUGH)).isEmpty();
        assertThat(Radiomics.tooLarge(scan, wide, 3, UNITS, ENOUGH)).isEmpty();

        Geometry far = new Geometry(new Shape3(1, 1, (1 << 26) + 1), Affine.scaling(1, 1, 1));
        byte[] ends = new byte[(1 << 26) + 1];
        ends[0] = 1;
        ends[1 << 26] = 1;
        assertThat(Radiomics.tooLarge(scan, new LabelMap(far, ends), 1, UNITS, ENOUGH))
                .hasValueSatisfying(none -> {
                    assertThat(none.why()).contains("67108864 voxels");
                    assertThat(none.lacksHeap()).isFalse();
                });
    }

    @Test
    void whatDoesNotFitIntoTheHeapSaysSo() {
        long needed = Radiomics.heapBytes(80, 74, 6);
        assertThat(phantomWith(needed)).isEmpty();
        assertThat(phantomWith(needed - 1)).hasValueSatisfying(none -> {
            assertThat(none.why()).contains("GB of Java's heap");
            assertThat(none.lacksHeap()).isTrue();
        });
    }

    private static Optional<NoFeatures> phantomWith(long room) {
        return Radiomics.tooLarge(IbsiPhantom.scan(), IbsiPhantom.labels(), 7, UNITS, wanted -> room);
    }

    /** Each line of {@code agreed}: a name, its value, and how far off it may be, else half of the third digit. */
    private static void assertAgreed(Map<String, Double> features, String agreed) {
        List<String> names = new ArrayList<>();
        agreed.lines().forEach(line -> {
            String[] parts = line.split(" ");
            double value = Double.parseDouble(parts[1]);
            double tolerance = parts.length > 2
                    ? Double.parseDouble(parts[2])
                    : 0.5001 * Math.pow(10, Math.floor(Math.log10(Math.abs(value))) - 2);
            names.add(parts[0]);
            assertThat(features.get(parts[0])).as(parts[0]).isCloseTo(value, within(tolerance));
        });
        assertThat(features.keySet()).containsExactlyElementsOf(names);
    }

    @Test
    void aStructureIsTheSameWhereverItIsAndWhateverIsAround() {
        Volume scan = IbsiPhantom.scan();
        Shape3 shape = new Shape3(9, 8, 7);
        Geometry grid = new Geometry(shape, Affine.of(-2, 0, 0, 50, 0, 2, 0, -7, 0, 0, 2, 3));
        float[] values = new float[shape.length()];
        byte[] labels = new byte[shape.length()];
        for (int n = 0; n < 80; n++) {
            int to = shape.index(n / 16 + 3, n / 4 % 4 + 1, n % 4 + 2);
            values[to] = scan.voxels()[n];
            labels[to] = IbsiPhantom.labels().labels()[n];
        }
        Radiomics moved = Radiomics.of(new Volume(grid, values), new LabelMap(grid, labels), 7, UNITS)
                .orElseThrow();
        Radiomics there = phantom(UNITS);

        assertThat(moved.cooccurrence()).isEqualTo(there.cooccurrence());
        assertThat(moved.runLength()).isEqualTo(there.runLength());
        moved.shape()
                .forEach((name, value) ->
                        assertThat(value).as(name).isCloseTo(there.shape().get(name), within(1e-5 * Math.abs(value))));
    }

    @Test
    void aBallIsRoundAndFillsItsHull() {
        int r = 20;
        Shape3 shape = new Shape3(2 * r + 5, 2 * r + 5, 2 * r + 5);
        byte[] labels = new byte[shape.length()];
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++) {
                    double d = Math.pow(i - r - 2, 2) + Math.pow(j - r - 2, 2) + Math.pow(k - r - 2, 2);
                    labels[shape.index(i, j, k)] = (byte) (d <= r * r ? 1 : 0);
                }
            }
        }
        Geometry grid = new Geometry(shape, Affine.scaling(1, 1, 1));
        Map<String, Double> ball = Radiomics.of(
                        new Volume(grid, new float[labels.length]), new LabelMap(grid, labels), 1, UNITS)
                .orElseThrow()
                .shape();

        assertThat(ball.get("volume")).isCloseTo(4.0 / 3 * Math.PI * r * r * r, within(0.02 * ball.get("volume")));
        assertThat(ball.get("maximum3dDiameter")).isEqualTo(2 * r + 1);
        assertThat(ball.get("volumeDensityConvexHull")).isBetween(0.95, 1.0);
        // Half axes are two standard deviations, which of a ball are its radius by the root of 5.
        assertThat(ball.get("volumeDensityEllipsoid")).isCloseTo(Math.pow(Math.sqrt(5) / 2, 3), within(0.02));
        assertThat(ball.get("flatness")).isCloseTo(1, within(1e-9));
    }

    @Test
    void theSurfaceOfAnythingIsClosed() {
        Random random = new Random(3);
        MarchingCubes cubes = new MarchingCubes();
        Shape3 shape = new Shape3(5, 6, 7);
        for (int attempt = 0; attempt < 20; attempt++) {
            boolean[] inside = new boolean[shape.length()];
            for (int n = 0; n < inside.length; n++) {
                inside[n] = random.nextBoolean();
            }
            Region region = new Region(shape, Affine.scaling(1, 1, 1), inside, new float[inside.length], 1);
            SurfaceSums sums = new SurfaceSums(region);
            SurfaceSums shifted = new SurfaceSums(region);
            cubes.surface(region, (a, b, c) -> {
                sums.add(a, b, c);
                shifted.add(moved(a), moved(b), moved(c));
            });
            assertThat(shifted.volume())
                    .as("a volume that does not depend on where it is")
                    .isCloseTo(sums.volume(), within(1e-6));
        }
    }

    private static double[] moved(double[] point) {
        return new double[] {point[0] + 1000, point[1] - 300, point[2] + 77};
    }

    @Test
    void aBallAsAnEllipsoidHasTheAreaOfABall() {
        assertThat(Morphology.ellipsoidArea(2, 2, 2)).isCloseTo(16 * Math.PI, within(1e-9));
    }

    @Test
    void oneVoxelHasNoNeighboursAndNoAxes() {
        Geometry grid = new Geometry(new Shape3(3, 3, 3), Affine.scaling(1, 1, 1));
        byte[] labels = new byte[27];
        labels[13] = 1;
        Radiomics one = Radiomics.of(new Volume(grid, new float[27]), new LabelMap(grid, labels), 1, UNITS)
                .orElseThrow();
        assertThat(one.cooccurrence()).isEmpty();
        assertThat(one.intensity()).containsEntry("variance", 0.0).doesNotContainKey("coefficientOfVariation");
        assertThat(one.shape()).containsKey("volume").doesNotContainKey("elongation");
        assertThat(one.runLength()).containsEntry("longRunEmphasis", 1.0);
    }

    @Test
    void whatHasNoValuesOrTooManyLevelsHasNoFeatures() {
        Volume scan = IbsiPhantom.scan();
        assertThat(Radiomics.of(scan, IbsiPhantom.labels(), 9, UNITS)).isEmpty();
        assertThat(Radiomics.of(scan, IbsiPhantom.labels(), 7, new Discretisation.FixedWidth(1e-3)))
                .isEmpty();
        float[] none = new float[80];
        Arrays.fill(none, Float.NaN);
        assertThat(Radiomics.of(new Volume(scan.geometry(), none), IbsiPhantom.labels(), 7, UNITS))
                .isEmpty();
    }

    @Test
    void binsBeginAtMultiplesOfTheirWidth() {
        float[] values = {-30, -25, -1, 0, 24, 25, Float.NaN};
        assertThatArray(new Discretisation.FixedWidth(25)
                        .of(values, -30, 25)
                        .orElseThrow()
                        .of())
                .isEqualTo(new short[] {1, 2, 2, 3, 3, 4, 0});
        assertThatArray(new Discretisation.FixedCount(2)
                        .of(values, -30, 25)
                        .orElseThrow()
                        .of())
                .isEqualTo(new short[] {1, 1, 2, 2, 2, 2, 0});
        assertThat(Discretisation.parse("width:12.5")).isEqualTo(new Discretisation.FixedWidth(12.5));
        assertThat(Discretisation.parse("count:32")).isEqualTo(new Discretisation.FixedCount(32));
        assertThat(Discretisation.parse("width:12.50").text()).isEqualTo("width:12.5");
        assertThat(Discretisation.parse("width:1000").text()).isEqualTo("width:1000");
        assertThat(Discretisation.parse("count:032").text()).isEqualTo("count:32");
        assertThat(Discretisation.parse("width:999999.999999").text()).isEqualTo("width:999999.999999");
        assertThat(Discretisation.parse("width:0.000001").text()).isEqualTo("width:0.000001");
        for (String wrong : List.of(
                "",
                "25",
                "width:",
                "width:0",
                "width:NaN",
                "width:1e3",
                "width:1000000",
                "width:0.0000001",
                "count:1",
                "count:x",
                "count:5000")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Discretisation.parse(wrong));
        }
    }
}
