package io.deformux.volumefile;

import io.deformux.volume.Geometry;
import java.util.Locale;
import java.util.Optional;

/** Whether a grid can be a scan of a body in millimetres. */
public final class ScanSize {
    /** No scan of a body is smaller in mm, and each is in metres: its longest side, mm. */
    private static final double LEAST_SIDE = 3;

    /** Finer voxels than any scanner for people has, mm. */
    private static final double LEAST_SPACING = 0.1;

    /** Longer than anyone, mm; reached by small animals in micrometres. */
    private static final double MOST_SIDE = 5000;

    private ScanSize() {}

    /** What is implausible about a grid whose unit nobody said, for a message; empty if it can be millimetres. */
    public static Optional<String> doubt(Geometry geometry) {
        double[] spacing = geometry.affine().spacing();
        double longest = 0;
        double finest = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            longest = Math.max(longest, spacing[axis] * geometry.shape().axis(axis));
            finest = Math.min(finest, spacing[axis]);
        }
        return longest < LEAST_SIDE && finest < LEAST_SPACING || longest > MOST_SIDE
                ? Optional.of(String.format(
                        Locale.ROOT, "in millimetres the longest side of the scan would be %.3g mm", longest))
                : Optional.empty();
    }
}
