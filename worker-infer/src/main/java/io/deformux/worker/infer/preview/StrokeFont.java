package io.deformux.worker.infer.preview;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Letters made of straight strokes. {@code glyphs.txt} has a line per character: the character, then strokes parted by
 * blanks, each a row of points of two digits (base 36), x to the right and y down; capitals reach from y = 0 to 12, where
 * lines of text stand. What has no glyph is drawn as a box. Safe to share.
 */
final class StrokeFont {
    private static final double CAPITAL = 12;
    private static final double GAP = 3.5;
    private static final double SPACE = 5;
    private static final Glyph BOX = Glyph.of("00606c0c00");

    private final Map<Character, Glyph> glyphs = new HashMap<>();

    /** The points of each stroke: x and y in turn. */
    private record Glyph(List<int[]> strokes, int width) {
        static Glyph of(String... strokes) {
            List<int[]> points = Arrays.stream(strokes)
                    .map(stroke -> stroke.chars()
                            .map(digit -> Character.digit(digit, 36))
                            .toArray())
                    .toList();
            int width = 0;
            for (int[] stroke : points) {
                for (int n = 0; n < stroke.length; n += 2) {
                    width = Math.max(width, stroke[n]);
                }
            }
            return new Glyph(points, width);
        }
    }

    StrokeFont() {
        try (InputStream in = StrokeFont.class.getResourceAsStream("glyphs.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            lines.lines()
                    .forEach(line -> glyphs.put(
                            line.charAt(0), Glyph.of(line.substring(2).split(" "))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How wide a text is whose capitals are {@code size} pixels high. */
    double width(String text, double size) {
        double width = 0;
        for (char c : text.toCharArray()) {
            width += advance(c);
        }
        return Math.max(0, width - GAP) * size / CAPITAL;
    }

    /** Draws a text whose top left corner is at (x, y) and whose capitals are {@code size} pixels high. */
    void draw(Canvas canvas, String text, double x, double y, double size, int rgb) {
        double scale = size / CAPITAL;
        double at = x;
        for (char c : text.toCharArray()) {
            if (c != ' ') {
                draw(canvas, glyphs.getOrDefault(c, BOX), at, y, scale, rgb);
            }
            at += advance(c) * scale;
        }
    }

    /** As much of a text as fits, with dots where something is left out. */
    String fit(String text, double size, double most) {
        if (width(text, size) <= most) {
            return text;
        }
        String shorter = text;
        while (!shorter.isEmpty() && width(shorter + "...", size) > most) {
            shorter = shorter.substring(0, shorter.length() - 1);
        }
        return shorter + "...";
    }

    private static void draw(Canvas canvas, Glyph glyph, double x, double y, double scale, int rgb) {
        double pen = Math.max(1.1, 1.5 * scale);
        for (int[] stroke : glyph.strokes()) {
            for (int n = 2; n < stroke.length; n += 2) {
                canvas.line(
                        x + stroke[n - 2] * scale,
                        y + stroke[n - 1] * scale,
                        x + stroke[n] * scale,
                        y + stroke[n + 1] * scale,
                        pen,
                        rgb);
            }
        }
    }

    private double advance(char c) {
        return c == ' ' ? SPACE : glyphs.getOrDefault(c, BOX).width() + GAP;
    }
}
