package io.deformux.worker.infer.preview;

import io.deformux.transform.IntensityWindow;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Volume;
import java.util.function.IntUnaryOperator;

/**
 * One plane of a scan with its labels: values between the voxels are linear, labels are those of the nearest voxel,
 * filled lightly and with a clear outline. Pixels are square in mm.
 */
final class PlaneImage {
    private static final double FILL = 0.33;
    private static final double OUTLINE = 0.95;

    private final Volume scan;
    private final LabelMap labels;
    private final RasGrid grid;
    private final ViewPlane plane;
    private final int at;
    private final int width;
    private final int height;

    /** The plane with index {@code at} on its axis, as large as fits into a box of pixels. */
    PlaneImage(Volume scan, LabelMap labels, RasGrid grid, ViewPlane plane, int at, int boxWidth, int boxHeight) {
        this.scan = scan;
        this.labels = labels;
        this.grid = grid;
        this.plane = plane;
        this.at = at;
        double across = grid.size(plane.across()) * grid.spacing(plane.across());
        double down = grid.size(plane.down()) * grid.spacing(plane.down());
        double pixelsPerMm = Math.min(boxWidth / across, boxHeight / down);
        this.width = Math.max(1, (int) Math.round(across * pixelsPerMm));
        this.height = Math.max(1, (int) Math.round(down * pixelsPerMm));
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    double pixelsPerMm() {
        return width / (grid.size(plane.across()) * grid.spacing(plane.across()));
    }

    /** Draws with the upper left corner at (x0, y0); {@code colour} gives sRGB for a label. */
    void draw(Canvas canvas, int x0, int y0, IntensityWindow window, IntUnaryOperator colour) {
        int[] shown = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                shown[y * width + x] = label(x, y);
                int grey = Math.round(255 * window.scale(value(x, y)));
                canvas.set(x0 + x, y0 + y, grey << 16 | grey << 8 | grey);
            }
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int label = shown[y * width + x];
                if (label != 0) {
                    boolean edge = differs(shown, x - 1, y, label)
                            || differs(shown, x + 1, y, label)
                            || differs(shown, x, y - 1, label)
                            || differs(shown, x, y + 1, label);
                    canvas.blend(x0 + x, y0 + y, colour.applyAsInt(label), edge ? OUTLINE : FILL);
                }
            }
        }
    }

    /** Whether the pixel is in the picture and shows another label. */
    private boolean differs(int[] shown, int x, int y, int label) {
        return x >= 0 && y >= 0 && x < width && y < height && shown[y * width + x] != label;
    }

    /** Where a pixel's centre lies on an axis that ends at pixel 0, in voxels; voxel n reaches from n - 0.5 to n + 0.5. */
    private static double position(int pixel, int pixels, int voxels) {
        return voxels - 0.5 - (pixel + 0.5) * voxels / pixels;
    }

    private int label(int x, int y) {
        double across = position(x, width, grid.size(plane.across()));
        double down = position(y, height, grid.size(plane.down()));
        return labels.labels()[index((int) Math.round(across), (int) Math.round(down))] & 0xff;
    }

    private float value(int x, int y) {
        double across = position(x, width, grid.size(plane.across()));
        double down = position(y, height, grid.size(plane.down()));
        int a = (int) Math.floor(across);
        int d = (int) Math.floor(down);
        double fa = across - a;
        double fd = down - d;
        double upper = scan.voxels()[index(a, d)] * (1 - fa) + scan.voxels()[index(a + 1, d)] * fa;
        double lower = scan.voxels()[index(a, d + 1)] * (1 - fa) + scan.voxels()[index(a + 1, d + 1)] * fa;
        return (float) (upper * (1 - fd) + lower * fd);
    }

    private int index(int across, int down) {
        int[] ras = new int[3];
        ras[plane.fixed()] = at;
        ras[plane.across()] = Math.max(0, Math.min(grid.size(plane.across()) - 1, across));
        ras[plane.down()] = Math.max(0, Math.min(grid.size(plane.down()) - 1, down));
        return grid.index(ras);
    }
}
