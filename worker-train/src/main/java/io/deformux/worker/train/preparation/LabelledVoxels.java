package io.deformux.worker.train.preparation;

import java.util.Arrays;

/**
 * The voxels of a case that have a class: of others, as a data set's ignore label marks them, nobody knows which. They have the
 * value {@link #IGNORED} here whatever the data set calls them; with 256 classes there are none.
 */
public final class LabelledVoxels {
    /** The value of a voxel without a class. */
    public static final byte IGNORED = (byte) 255;

    private static final int ALL_VALUES = 256;

    private LabelledVoxels() {}

    /** Whether there is a voxel without a class among those. */
    public static boolean lack(byte[] labels, int classes) {
        if (classes < ALL_VALUES) {
            for (byte label : labels) {
                if (label == IGNORED) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The values at voxels that have a class in {@code truth}, in order; the values themselves if all have. */
    public static byte[] only(byte[] values, byte[] truth, int classes) {
        if (!lack(truth, classes)) {
            return values;
        }
        byte[] kept = new byte[values.length];
        int count = 0;
        for (int n = 0; n < values.length; n++) {
            if (truth[n] != IGNORED) {
                kept[count++] = values[n];
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** The values with background where {@code truth} has no class; the values themselves if all have one. */
    public static byte[] elseBackground(byte[] values, byte[] truth, int classes) {
        if (!lack(truth, classes)) {
            return values;
        }
        byte[] known = values.clone();
        for (int n = 0; n < values.length; n++) {
            if (truth[n] == IGNORED) {
                known[n] = 0;
            }
        }
        return known;
    }
}
