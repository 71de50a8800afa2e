package io.deformux.dicom.rtstruct;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlinesTest {
    @Test
    void onePixelIsASquare() {
        List<int[]> polygons = of("...", ".#.", "...");

        assertThat(polygons).hasSize(1);
        assertThatArray(polygons.get(0)).containsExactly(2, 1, 2, 2, 1, 2, 1, 1);
    }

    @Test
    void pixelsThatTouchAtACornerAreTwoPieces() {
        assertThat(of("#.", ".#")).hasSize(2);
        assertThat(of(".#", "#.")).hasSize(2);
    }

    @Test
    void aHoleIsCutInByAKeyhole() {
        List<int[]> polygons = of("####", "#..#", "#..#", "####");

        assertThat(polygons).hasSize(1);
        assertThat(area(polygons)).isEqualTo(12);
        // Four corners outside, four inside, and the two ends of the channel once more.
        assertThatArray(polygons.get(0)).hasSize(2 * (4 + 4 + 2));
    }

    @Test
    void anIslandInAHoleIsAPieceOfItsOwn() {
        assertThat(of("#####", "#...#", "#.#.#", "#...#", "#####")).hasSize(2);
    }

    @Test
    void aLabelAtTheEdgeOfTheSliceIsClosedThere() {
        assertThatArray(of("##", "##").get(0)).containsExactly(2, 0, 2, 2, 0, 2, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 0.5, 0.7, 0.95})
    void anyPatternIsFilledAgainToThePixel(double density) {
        Random random = new Random(3);
        for (int round = 0; round < 60; round++) {
            int columns = 1 + random.nextInt(20);
            int rows = 1 + random.nextInt(20);
            byte[] pixels = new byte[columns * rows];
            int count = 0;
            for (int n = 0; n < pixels.length; n++) {
                pixels[n] = (byte) (random.nextDouble() < density ? 7 : random.nextInt(3));
                count += pixels[n] == 7 ? 1 : 0;
            }

            List<int[]> polygons = Outlines.of(pixels, 7, columns, rows);

            assertThat(area(polygons)).isEqualTo(count);
            assertThatArray(filled(polygons, columns, rows)).isEqualTo(mask(pixels));
        }
    }

    private static List<int[]> of(String... rows) {
        byte[] pixels = new byte[rows.length * rows[0].length()];
        for (int n = 0; n < pixels.length; n++) {
            pixels[n] = (byte) (rows[n / rows[0].length()].charAt(n % rows[0].length()) == '#' ? 1 : 0);
        }
        return Outlines.of(pixels, 1, rows[0].length(), rows.length);
    }

    /** The sum of signed areas (the shoelace formula), of keyholes none. */
    private static double area(List<int[]> polygons) {
        double twice = 0;
        for (int[] polygon : polygons) {
            for (int n = 0; n < polygon.length; n += 2) {
                int m = (n + 2) % polygon.length;
                twice += polygon[n] * polygon[m + 1] - polygon[m] * polygon[n + 1];
            }
        }
        return twice / 2;
    }

    private static byte[] filled(List<int[]> polygons, int columns, int rows) {
        Shape3 shape = new Shape3(columns, rows, 1);
        LabelMap labels = new LabelMap(new Geometry(shape, Affine.scaling(1, 1, 1)), new byte[columns * rows]);
        for (int[] polygon : polygons) {
            double[] x = new double[polygon.length / 2];
            double[] y = new double[polygon.length / 2];
            for (int n = 0; n < x.length; n++) {
                x[n] = polygon[2 * n] - 0.5;
                y[n] = polygon[2 * n + 1] - 0.5;
            }
            new PolygonFill(x, y).into(labels, 0, (byte) 1);
        }
        byte[] pixels = new byte[columns * rows];
        for (int n = 0; n < pixels.length; n++) {
            pixels[n] = (byte) labels.at(n % columns, n / columns, 0);
        }
        return pixels;
    }

    private static byte[] mask(byte[] pixels) {
        byte[] mask = new byte[pixels.length];
        for (int n = 0; n < mask.length; n++) {
            mask[n] = (byte) (pixels[n] == 7 ? 1 : 0);
        }
        return mask;
    }
}
