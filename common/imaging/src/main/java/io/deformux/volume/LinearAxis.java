package io.deformux.volume;

/**
 * Where linear interpolation along one axis looks: for each of {@link #count()} positions the voxel at or below it and
 * how far it lies towards the next. Positions are clamped to the first and last voxel centre (border padding).
 * Immutable.
 */
public final class LinearAxis {
    /**
     * Positions this close to a voxel centre (in voxels) are taken to be on it. Affines are stored as float32, so
     * positions mean nothing beyond about 1e-5; without this, rounding would let a voxel borrow a trace of a neighbour
     * that it does not touch.
     */
    private static final double SNAP = 1e-6;

    private final int[] low;
    private final double[] fraction;
    private final int size;

    private LinearAxis(int[] low, double[] fraction, int size) {
        this.low = low;
        this.fraction = fraction;
        this.size = size;
    }

    /**
     * The positions {@code start + step * n} for n = 0 to {@code count - 1}.
     *
     * @param size how many voxels the axis has that is looked up
     */
    public static LinearAxis of(int count, double start, double step, int size) {
        int[] low = new int[count];
        double[] fraction = new double[count];
        for (int n = 0; n < count; n++) {
            double position = clamp(start + step * n, size);
            low[n] = (int) position;
            fraction[n] = position - low[n];
        }
        return new LinearAxis(low, fraction, size);
    }

    /** The position moved to a voxel centre that it all but touches, and into [0, size - 1]. */
    public static double clamp(double position, int size) {
        double centre = Math.rint(position);
        double at = Math.abs(position - centre) < SNAP ? centre : position;
        return Math.min(Math.max(at, 0), size - 1.0);
    }

    /** The number of positions. */
    public int count() {
        return low.length;
    }

    /** The voxel at or below position {@code n}. */
    public int low(int n) {
        return low[n];
    }

    /** The voxel above position {@code n}; at the last voxel that voxel itself, with fraction 0. */
    public int high(int n) {
        return Math.min(low[n] + 1, size - 1);
    }

    /** How far position {@code n} lies from {@link #low} towards {@link #high}, in [0, 1). */
    public double fraction(int n) {
        return fraction[n];
    }
}
