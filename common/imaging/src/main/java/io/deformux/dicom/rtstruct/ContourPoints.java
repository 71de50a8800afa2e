package io.deformux.dicom.rtstruct;

import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;

/** How many points the contours of a label map have, told without drawing them. Safe to share. */
public final class ContourPoints {
    private ContourPoints() {}

    /**
     * The corners at which the outlines of all labels but 0 turn, in all slices. Keyholes add at most as many again: four
     * for each hole, which has four corners itself or more.
     */
    public static long of(LabelMap labels) {
        Shape3 shape = labels.geometry().shape();
        long points = 0;
        for (int i = 0; i <= shape.d(); i++) {
            for (int j = 0; j <= shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++) {
                    points += turns(
                            at(labels, i - 1, j - 1, k),
                            at(labels, i, j - 1, k),
                            at(labels, i - 1, j, k),
                            at(labels, i, j, k));
                }
            }
        }
        return points;
    }

    /** Outside of a slice nothing is labelled. */
    private static int at(LabelMap labels, int i, int j, int k) {
        Shape3 shape = labels.geometry().shape();
        return i < 0 || j < 0 || i == shape.d() || j == shape.h() ? 0 : labels.at(i, j, k);
    }

    /** The turns at the corner between four pixels: a and b over c and d. */
    private static int turns(int a, int b, int c, int d) {
        if (a == b && c == d || a == c && b == d) {
            // All the same or an edge straight on, which is most of a scan.
            return 0;
        }
        int turns = turnsOf(a, a, b, c, d);
        turns += b == a ? 0 : turnsOf(b, a, b, c, d);
        turns += c == a || c == b ? 0 : turnsOf(c, a, b, c, d);
        return turns + (d == a || d == b || d == c ? 0 : turnsOf(d, a, b, c, d));
    }

    private static int turnsOf(int label, int a, int b, int c, int d) {
        if (label == 0) {
            return 0;
        }
        int pixels = (a == label ? 1 : 0) + (b == label ? 1 : 0) + (c == label ? 1 : 0) + (d == label ? 1 : 0);
        boolean diagonal = pixels == 2 && (a == label) == (d == label);
        return diagonal ? 2 : pixels % 2;
    }
}
