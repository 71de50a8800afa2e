package io.deformux.transform;

import io.deformux.volume.Volume;

/**
 * A window from one percentile to another of the voxels that are not zero, by nearest rank.
 *
 * @param low the percentile that becomes 0, from 0 on
 * @param high the percentile that becomes 1, up to 100
 */
public record Percentiles(double low, double high) implements Intensity {
    private static final int HALF = 16;
    private static final int BINS = 1 << HALF;

    /** Checks that both are percentiles in order. */
    public Percentiles {
        if (!(0 <= low && low < high && high <= 100)) {
            throw new IllegalArgumentException("percentiles need 0 <= low < high <= 100, not " + low + " and " + high);
        }
    }

    @Override
    public IntensityScale of(Volume scan) {
        long[] upper = new long[BINS];
        long count = 0;
        for (float value : scan.voxels()) {
            if (counts(value)) {
                upper[rankable(value) >>> HALF]++;
                count++;
            }
        }
        if (count == 0) {
            return new IntensityWindow(0, 1);
        }
        float from = value(scan.voxels(), upper, rank(low, count));
        float to = value(scan.voxels(), upper, rank(high, count));
        // Values that are all the same are nowhere above the window.
        return new IntensityWindow(from, from < to ? to : from + Math.max(1, Math.abs(from)));
    }

    private static boolean counts(float value) {
        return value != 0 && Float.isFinite(value);
    }

    /** From 0 on. */
    private static long rank(double percentile, long count) {
        return Math.max(1, (long) Math.ceil(percentile / 100 * count)) - 1;
    }

    /** The bits of a number so that their unsigned order is that of the numbers. */
    private static int rankable(float value) {
        int bits = Float.floatToRawIntBits(value);
        return bits ^ (bits >> 31 | Integer.MIN_VALUE);
    }

    /** The value of that rank: its upper bits by the counts of all, its lower ones by those of the values that share them. */
    private static float value(float[] voxels, long[] upper, long rank) {
        int high = 0;
        long before = 0;
        while (before + upper[high] <= rank) {
            before += upper[high++];
        }
        long[] lower = new long[BINS];
        for (float value : voxels) {
            if (counts(value) && rankable(value) >>> HALF == high) {
                lower[rankable(value) & BINS - 1]++;
            }
        }
        int low = 0;
        while (before + lower[low] <= rank) {
            before += lower[low++];
        }
        int rankable = high << HALF | low;
        return Float.intBitsToFloat(rankable < 0 ? rankable ^ Integer.MIN_VALUE : ~rankable);
    }
}
