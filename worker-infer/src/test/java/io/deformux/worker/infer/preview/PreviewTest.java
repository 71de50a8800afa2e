package io.deformux.worker.infer.preview;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.transform.IntensityWindow;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a radiologist takes for granted: which side is which, and that a mm is a mm in both directions. */
class PreviewTest {
    private static final IntensityWindow WINDOW = new IntensityWindow(0, 100);
    private static final int RED = 0xff0000;

    private static final int[][] AXES = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    /** All 48 ways to store a grid of 2 x 3 x 4 mm along the patient's axes. */
    static List<Geometry> storedGrids() {
        return Arrays.stream(AXES)
                .flatMap(axes -> IntStream.range(0, 8).mapToObj(signs -> grid(axes, signs)))
                .toList();
    }

    private static Geometry grid(int[] axes, int signs) {
        double[] spacing = {2, 3, 4};
        int[] size = {60, 40, 20};
        double[] rows = new double[12];
        int[] shape = new int[3];
        for (int n = 0; n < 3; n++) {
            boolean back = (signs >> n & 1) == 1;
            shape[n] = size[axes[n]];
            rows[axes[n] * 4 + n] = back ? -spacing[axes[n]] : spacing[axes[n]];
            rows[axes[n] * 4 + 3] = back ? spacing[axes[n]] * (size[axes[n]] - 1) : 0;
        }
        return new Geometry(Shape3.of(shape), Affine.of(rows));
    }

    /** A ball in the patient's right, front and upper part, whatever the storage; in mm from the lower left back corner. */
    private static LabelMap ball(Geometry geometry) {
        byte[] labels = new byte[geometry.shape().length()];
        Shape3 shape = geometry.shape();
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++) {
                    double[] at = geometry.affine().apply(i, j, k);
                    double off = Math.hypot(Math.hypot(at[0] - 90, at[1] - 90), at[2] - 56);
                    labels[shape.index(i, j, k)] = (byte) (off <= 15 ? 1 : 0);
                }
            }
        }
        return new LabelMap(geometry, labels);
    }

    @ParameterizedTest
    @MethodSource("storedGrids")
    void thePatientsRightIsOnTheLeftAnteriorAndSuperiorOnTop(Geometry geometry) {
        LabelMap labels = ball(geometry);
        Volume scan = new Volume(geometry, new float[geometry.shape().length()]);
        RasGrid grid = new RasGrid(geometry);
        int[] places = grid.fullest(labels);
        double[] size = {120, 120, 80};
        double[] centre = {90, 90, 56};

        for (ViewPlane plane : ViewPlane.values()) {
            PlaneImage image = new PlaneImage(scan, labels, grid, plane, places[plane.fixed()], 240, 240);
            Canvas canvas = new Canvas(image.width(), image.height(), 0);
            image.draw(canvas, 0, 0, WINDOW, label -> RED);

            Spot spot = Spot.of(canvas.image());
            double pixels = image.pixelsPerMm();
            // Both axes end at pixel 0; the grid reaches half a voxel beyond the first centre.
            double half = new double[] {1, 1.5, 2}[plane.across()];
            assertThat(spot.x / pixels).isEqualTo(size[plane.across()] - half - centre[plane.across()], within(2.1));
            double halfDown = new double[] {1, 1.5, 2}[plane.down()];
            assertThat(spot.y / pixels).isEqualTo(size[plane.down()] - halfDown - centre[plane.down()], within(2.1));
            // Round in the patient, so round in the picture.
            assertThat(spot.width / pixels).isEqualTo(30, within(4.1));
            assertThat(spot.height / pixels).isEqualTo(30, within(4.1));
        }
    }

    /** Where something red is: centre and size in pixels. */
    private record Spot(double x, double y, double width, double height) {
        static Spot of(BufferedImage image) {
            int left = Integer.MAX_VALUE;
            int top = Integer.MAX_VALUE;
            int right = -1;
            int bottom = -1;
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    if ((image.getRGB(x, y) >> 16 & 0xff) > 20) {
                        left = Math.min(left, x);
                        right = Math.max(right, x);
                        top = Math.min(top, y);
                        bottom = Math.max(bottom, y);
                    }
                }
            }
            return new Spot((left + right + 1) / 2.0, (top + bottom + 1) / 2.0, right + 1 - left, bottom + 1 - top);
        }
    }

    @Test
    void greyFollowsTheWindow() {
        Geometry geometry = new Geometry(new Shape3(4, 4, 1), Affine.scaling(1, 1, 1));
        float[] voxels = new float[16];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                voxels[geometry.shape().index(i, j, 0)] = i < 2 ? 50 : 1000;
            }
        }
        PlaneImage image = new PlaneImage(
                new Volume(geometry, voxels),
                new LabelMap(geometry, new byte[16]),
                new RasGrid(geometry),
                ViewPlane.AXIAL,
                0,
                40,
                40);
        Canvas canvas = new Canvas(40, 40, 0);
        image.draw(canvas, 0, 0, WINDOW, label -> RED);

        // Higher i is further right in the patient, so on the left.
        assertThat(canvas.image().getRGB(2, 20) & 0xffffff).isEqualTo(0xffffff);
        assertThat(canvas.image().getRGB(37, 20) & 0xffffff).isEqualTo(0x808080);
    }

    @Test
    void theSameResultGivesTheSamePixelsAndNothingFoundIsAPictureToo() {
        Geometry geometry = grid(AXES[0], 0);
        Volume scan = new Volume(geometry, new float[geometry.shape().length()]);
        LabelMap empty = new LabelMap(geometry, new byte[geometry.shape().length()]);
        List<LegendEntry> legend = List.of(new LegendEntry(1, "Drüse", RED, 14.2));

        BufferedImage first = new Preview().draw(scan, ball(geometry), WINDOW, "model 1", legend);
        BufferedImage again = new Preview().draw(scan, ball(geometry), WINDOW, "model 1", legend);
        BufferedImage none = new Preview().draw(scan, empty, WINDOW, "model 1", List.of());

        assertThatArray(pixels(again)).isEqualTo(pixels(first)).isNotEqualTo(pixels(none));
        assertThat(none.getWidth()).isEqualTo(first.getWidth());
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void everyPrintableAsciiCharacterHasAGlyph() {
        StrokeFont font = new StrokeFont();
        for (char c = '!'; c <= '~'; c++) {
            Canvas canvas = new Canvas(40, 40, 0);
            font.draw(canvas, String.valueOf(c), 10, 10, 12, 0xffffff);
            Canvas box = new Canvas(40, 40, 0);
            font.draw(box, "ü", 10, 10, 12, 0xffffff);

            assertThatArray(pixels(canvas.image())).as(String.valueOf(c)).isNotEqualTo(pixels(box.image()));
            assertThatArray(pixels(canvas.image()))
                    .as(String.valueOf(c))
                    .isNotEqualTo(pixels(new Canvas(40, 40, 0).image()));
        }
    }

    @Test
    void aLongTextIsCutToFit() {
        StrokeFont font = new StrokeFont();

        String cut = font.fit("a".repeat(200), 11, 100);

        assertThat(cut).endsWith("a...");
        assertThat(font.width(cut, 11)).isBetween(80.0, 100.0);
        assertThat(font.fit("short", 11, 100)).isEqualTo("short");
    }
}
