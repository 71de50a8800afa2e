package io.deformux.dicom.series.stack;

import io.deformux.dicom.series.slice.Vector3;
import java.util.List;

/**
 * The line of equal steps on which the positions of sorted slices lie, as near as can be.
 *
 * @param start where the first slice should lie
 * @param step from each slice to the next; leans against the normal of the slices where the gantry was tilted
 * @param off how far each slice lies from its place, in mm
 */
record StackLine(Vector3 start, Vector3 step, double[] off) {
    /** Slices nearer than this to the line through the first and the last are where that line has them. */
    private static final double EXACT = 0.01;

    /** How far a slice may be off, as part of a step: of what scanners write. */
    private static final double UNEVEN = 0.05;

    /** How far in mm: positions written with one decimal are off by half of a tenth, and so are those they are held against. */
    private static final double ROUNDED = 0.1;

    /** But never so far that a slice could be missing. */
    private static final double MOST = 0.2;

    /** The line of two or more positions. */
    static StackLine of(List<Vector3> positions) {
        int last = positions.size() - 1;
        Vector3 start = positions.get(0);
        StackLine ends = of(positions, start, positions.get(last).minus(start).times(1.0 / last));
        return ends.farthest() <= EXACT ? ends : leastSquares(positions);
    }

    private static StackLine leastSquares(List<Vector3> positions) {
        double middle = (positions.size() - 1) / 2.0;
        Vector3 mean = new Vector3(0, 0, 0);
        Vector3 slope = new Vector3(0, 0, 0);
        double squares = 0;
        for (int k = 0; k < positions.size(); k++) {
            mean = mean.plus(positions.get(k).times(1.0 / positions.size()));
            slope = slope.plus(positions.get(k).minus(positions.get(0)).times(k - middle));
            squares += (k - middle) * (k - middle);
        }
        Vector3 step = slope.times(1 / squares);
        return of(positions, mean.minus(step.times(middle)), step);
    }

    private static StackLine of(List<Vector3> positions, Vector3 start, Vector3 step) {
        double[] off = new double[positions.size()];
        for (int k = 0; k < off.length; k++) {
            off[k] = positions.get(k).minus(start).minus(step.times(k)).norm();
        }
        return new StackLine(start, step, off);
    }

    /** How far the slice that is farthest off is off. */
    double farthest() {
        double farthest = 0;
        for (double distance : off) {
            // Not a number stays.
            farthest = distance <= farthest ? farthest : distance;
        }
        return farthest;
    }

    /** Whether the slices make an even stack. */
    boolean isEven() {
        return farthest() <= tolerance(step.norm());
    }

    /** Whether they do only because positions may be rounded. */
    boolean isRounded() {
        return farthest() > EXACT;
    }

    /** How far a slice may be off where neighbours are that far apart. */
    static double tolerance(double step) {
        return Math.max(UNEVEN * step, Math.min(ROUNDED, MOST * step));
    }
}
