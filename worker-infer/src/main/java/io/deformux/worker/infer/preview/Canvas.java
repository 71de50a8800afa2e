package io.deformux.worker.infer.preview;

import java.awt.image.BufferedImage;

/** Pixels to draw on: opaque sRGB, row 0 on top. What lies outside is not drawn. Belongs to one thread. */
final class Canvas {
    private final BufferedImage image;

    /** A canvas of one colour. */
    Canvas(int width, int height, int rgb) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        fill(0, 0, width, height, rgb);
    }

    int width() {
        return image.getWidth();
    }

    int height() {
        return image.getHeight();
    }

    BufferedImage image() {
        return image;
    }

    void set(int x, int y, int rgb) {
        if (x >= 0 && y >= 0 && x < width() && y < height()) {
            image.setRGB(x, y, rgb);
        }
    }

    /** Lays a colour over a pixel; {@code cover} from 0 (nothing) to 1 (the colour alone). */
    void blend(int x, int y, int rgb, double cover) {
        if (x >= 0 && y >= 0 && x < width() && y < height()) {
            image.setRGB(x, y, mix(image.getRGB(x, y), rgb, cover));
        }
    }

    /** A colour between two: {@code share} of the second, the rest of the first. */
    static int mix(int first, int second, double share) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int a = first >> shift & 0xff;
            int b = second >> shift & 0xff;
            mixed |= (int) Math.round(a + (b - a) * share) << shift;
        }
        return mixed;
    }

    void fill(int x, int y, int width, int height, int rgb) {
        for (int row = y; row < y + height; row++) {
            for (int column = x; column < x + width; column++) {
                set(column, row, rgb);
            }
        }
    }

    /** A line with round ends; a pixel is covered as far as its centre lies within the pen. */
    void line(double x0, double y0, double x1, double y1, double pen, int rgb) {
        int reach = (int) Math.ceil(pen / 2 + 1);
        double dx = x1 - x0;
        double dy = y1 - y0;
        double length2 = dx * dx + dy * dy;
        for (int y = (int) Math.floor(Math.min(y0, y1)) - reach; y <= Math.max(y0, y1) + reach; y++) {
            for (int x = (int) Math.floor(Math.min(x0, x1)) - reach; x <= Math.max(x0, x1) + reach; x++) {
                double px = x + 0.5 - x0;
                double py = y + 0.5 - y0;
                double along = length2 == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length2));
                double off = Math.sqrt(square(px - along * dx) + square(py - along * dy));
                double cover = Math.max(0, Math.min(1, pen / 2 + 0.5 - off));
                if (cover > 0) {
                    blend(x, y, rgb, cover);
                }
            }
        }
    }

    private static double square(double v) {
        return v * v;
    }
}
