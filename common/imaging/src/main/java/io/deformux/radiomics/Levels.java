package io.deformux.radiomics;

/**
 * Grey levels of the voxels of a box.
 *
 * @param of the level of each, from 1; 0 where there is none
 * @param most the number of levels that there can be, {@link Discretisation#MOST_LEVELS} at most
 */
record Levels(short[] of, int most) {

    /** The level of a value. */
    interface Bin {
        int of(float value);
    }

    static Levels of(float[] values, int most, Bin bin) {
        short[] levels = new short[values.length];
        for (int n = 0; n < values.length; n++) {
            levels[n] = Float.isNaN(values[n]) ? 0 : (short) bin.of(values[n]);
        }
        return new Levels(levels, most);
    }

    /** How many voxels have each level; index = level. */
    long[] counts() {
        long[] counts = new long[most + 1];
        for (short level : of) {
            counts[level]++;
        }
        counts[0] = 0;
        return counts;
    }
}
