package io.deformux.worker.infer.preview;

import io.deformux.transform.IntensityWindow;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Volume;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Draws the axial, coronal and sagittal plane with most labelled voxels side by side, each with its sides, place and
 * scale bar, and a legend. Safe to share.
 */
public final class Preview {
    private static final int BACKGROUND = 0x0e1013;
    private static final int TEXT = 0xe8eaed;
    private static final int FAINT = 0x9aa0a6;
    private static final int MARK = 0xffe082;
    private static final int SHADOW = 0x000000;

    private static final int BOX_WIDTH = 440;
    private static final int BOX_HEIGHT = 560;
    private static final int LEAST_CELL = 180;
    private static final int LEAST_HEIGHT = 320;
    private static final int LEGEND = 300;
    private static final int MARGIN = 18;
    private static final int HEADING = 30;
    private static final double SIZE = 11;
    private static final int LINE = 22;

    private final StrokeFont font = new StrokeFont();

    /**
     * Draws.
     *
     * @param scan the scan
     * @param labels its labels, on the same grid
     * @param window the values from black to white
     * @param title what made the labels
     * @param legend one entry per label, also where nothing was found; a label without one is drawn white
     */
    public BufferedImage draw(
            Volume scan, LabelMap labels, IntensityWindow window, String title, List<LegendEntry> legend) {
        RasGrid grid = new RasGrid(scan.geometry());
        int[] places = grid.fullest(labels);
        int[] colours = new int[256];
        Arrays.fill(colours, 0xffffff);
        legend.forEach(entry -> colours[entry.label()] = entry.rgb());

        List<PlaneImage> images = new ArrayList<>();
        int width = MARGIN;
        int height = LEAST_HEIGHT;
        for (ViewPlane plane : ViewPlane.values()) {
            PlaneImage image = new PlaneImage(scan, labels, grid, plane, places[plane.fixed()], BOX_WIDTH, BOX_HEIGHT);
            images.add(image);
            width += cell(image) + MARGIN;
            height = Math.max(height, image.height());
        }
        Canvas canvas = new Canvas(width + LEGEND + MARGIN, height + HEADING + 2 * MARGIN, BACKGROUND);
        int x = MARGIN;
        for (ViewPlane plane : ViewPlane.values()) {
            PlaneImage image = images.get(plane.ordinal());
            int x0 = x + (cell(image) - image.width()) / 2;
            int y0 = MARGIN + HEADING;
            heading(canvas, plane, grid, places[plane.fixed()], x);
            image.draw(canvas, x0, y0, window, label -> colours[label]);
            marks(canvas, plane, image, x0, y0);
            x += cell(image) + MARGIN;
        }
        legend(canvas, x, height, window, title, legend);
        return canvas.image();
    }

    private static int cell(PlaneImage image) {
        return Math.max(LEAST_CELL, image.width());
    }

    private void heading(Canvas canvas, ViewPlane plane, RasGrid grid, int at, int x) {
        font.draw(canvas, plane.title(), x, MARGIN, SIZE, TEXT);
        String place = plane.place(grid.place(plane.fixed(), at)) + (grid.oblique(plane.fixed()) ? ", oblique" : "");
        font.draw(canvas, place, x + font.width(plane.title(), SIZE) + 12, MARGIN + 1, SIZE - 2, FAINT);
    }

    private void marks(Canvas canvas, ViewPlane plane, PlaneImage image, int x0, int y0) {
        int right = x0 + image.width();
        int bottom = y0 + image.height();
        double middle = (x0 + right - SIZE) / 2;
        double half = (y0 + bottom - SIZE) / 2;
        mark(canvas, plane.left(), x0 + 6, half);
        mark(canvas, plane.right(), right - 6 - font.width(plane.right(), SIZE), half);
        if (image.height() > 6 * SIZE) {
            mark(canvas, plane.top(), middle, y0 + 6);
            mark(canvas, plane.bottom(), middle, bottom - 6 - SIZE);
        }
        scaleBar(canvas, image, x0, bottom);
    }

    /** A bar of a round length, at most 30 % of the picture's width. */
    private void scaleBar(Canvas canvas, PlaneImage image, int x0, int bottom) {
        double most = 0.3 * image.width() / image.pixelsPerMm();
        double decade = Math.pow(10, Math.floor(Math.log10(most)));
        double mm = most >= 5 * decade ? 5 * decade : most >= 2 * decade ? 2 * decade : decade;
        double length = mm * image.pixelsPerMm();
        // Below the picture where it is too flat to stay readable under the bar.
        double y = image.height() > 6 * SIZE ? bottom - 10 : bottom + 3 * SIZE;
        double x = x0 + 10;
        for (int pass = 0; pass < 2; pass++) {
            int rgb = pass == 0 ? SHADOW : MARK;
            double pen = pass == 0 ? 4 : 1.8;
            canvas.line(x, y, x + length, y, pen, rgb);
            canvas.line(x, y - 4, x, y + 4, pen, rgb);
            canvas.line(x + length, y - 4, x + length, y + 4, pen, rgb);
        }
        String text = (mm >= 1 ? String.format(Locale.ROOT, "%.0f", mm) : Double.toString(mm)) + " mm";
        mark(canvas, text, x, y - 8 - SIZE);
    }

    /** Text on a picture: with a shadow, to be read on black and on white. */
    private void mark(Canvas canvas, String text, double x, double y) {
        for (int dx = -1; dx <= 1; dx++) {
            for (int dy = -1; dy <= 1; dy++) {
                font.draw(canvas, text, x + dx, y + dy, SIZE, SHADOW);
            }
        }
        font.draw(canvas, text, x, y, SIZE, MARK);
    }

    private void legend(
            Canvas canvas, int x, int height, IntensityWindow window, String title, List<LegendEntry> legend) {
        int y = MARGIN;
        font.draw(canvas, font.fit(title, SIZE, LEGEND), x, y, SIZE, TEXT);
        y += HEADING;
        font.draw(
                canvas,
                String.format(Locale.ROOT, "window %.0f to %.0f", window.lo(), window.hi()),
                x,
                y,
                SIZE - 2,
                FAINT);
        y += LINE + 4;
        List<LegendEntry> found =
                legend.stream().filter(entry -> entry.millilitres() > 0).toList();
        if (found.isEmpty()) {
            font.draw(canvas, "nothing found", x, y, SIZE, MARK);
        }
        int bottom = MARGIN + HEADING + height - LINE;
        for (int n = 0; n < found.size(); n++) {
            if (y + 2 * LINE > bottom && n + 1 < found.size()) {
                font.draw(canvas, "and " + (found.size() - n) + " more", x + 24, y, SIZE, FAINT);
                break;
            }
            entry(canvas, found.get(n), x, y);
            y += LINE;
        }
        font.draw(canvas, "automatic result, check before use", x, bottom + 8, SIZE - 2, FAINT);
    }

    private void entry(Canvas canvas, LegendEntry entry, int x, int y) {
        canvas.fill(x, y - 1, 14, 14, entry.rgb());
        String amount =
                String.format(Locale.ROOT, entry.millilitres() < 10 ? "%.2f mL" : "%.1f mL", entry.millilitres());
        double taken = font.width(amount, SIZE);
        font.draw(canvas, amount, x + LEGEND - taken, y, SIZE, TEXT);
        font.draw(canvas, font.fit(entry.name(), SIZE, LEGEND - taken - 36), x + 24, y, SIZE, TEXT);
    }
}
