package io.deformux.worker.infer.preview;

import java.util.Locale;

/**
 * The three planes as a radiologist looks at them: from the feet, from the front and from the left side. Numbers are
 * RAS+ axes (0 towards the patient's right, 1 anterior, 2 superior); in each plane the upper left corner is where both
 * axes end, so the patient's right is on the left, anterior and superior are on top.
 */
enum ViewPlane {
    AXIAL("Axial", 2, 0, 1, "S", "I"),
    CORONAL("Coronal", 1, 0, 2, "A", "P"),
    SAGITTAL("Sagittal", 0, 1, 2, "R", "L");

    private static final String[] ENDS = {"R", "A", "S"};
    private static final String[] STARTS = {"L", "P", "I"};

    private final String title;
    private final int fixed;
    private final int across;
    private final int down;
    private final String positive;
    private final String negative;

    ViewPlane(String title, int fixed, int across, int down, String positive, String negative) {
        this.title = title;
        this.fixed = fixed;
        this.across = across;
        this.down = down;
        this.positive = positive;
        this.negative = negative;
    }

    String title() {
        return title;
    }

    /** The axis on which the plane has a place. */
    int fixed() {
        return fixed;
    }

    /** The axis along rows; it ends on the left. */
    int across() {
        return across;
    }

    /** The axis along columns; it ends on top. */
    int down() {
        return down;
    }

    String left() {
        return ENDS[across];
    }

    String right() {
        return STARTS[across];
    }

    String top() {
        return ENDS[down];
    }

    String bottom() {
        return STARTS[down];
    }

    /** Where the plane lies: the side and mm from the origin. */
    String place(double mm) {
        return String.format(Locale.ROOT, "%s %.1f mm", mm < 0 ? negative : positive, Math.abs(mm));
    }
}
