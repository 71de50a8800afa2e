package io.deformux.worker.infer.outputs;

import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.util.Arrays;

/**
 * Sums over the voxels of one label, added in memory order: the same label map gives the same numbers to the last bit.
 * Belongs to one thread.
 */
final class LabelStatistics {
    private final int[] first = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    private final int[] last = {-1, -1, -1};
    private final long[] indexSum = new long[3];
    private long voxels;
    private long values;
    private double mean;
    private double squares;

    private LabelStatistics() {}

    /** The statistics of labels 0 to 255; the values of {@code scan} that are not numbers count for nothing. */
    static LabelStatistics[] of(byte[] labels, Volume scan) {
        LabelStatistics[] all = new LabelStatistics[256];
        Arrays.setAll(all, label -> new LabelStatistics());
        Shape3 shape = scan.geometry().shape();
        int n = 0;
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++, n++) {
                    if (labels[n] != 0) {
                        all[labels[n] & 0xff].add(i, j, k, scan.voxels()[n]);
                    }
                }
            }
        }
        return all;
    }

    private void add(int i, int j, int k, float value) {
        voxels++;
        add(0, i);
        add(1, j);
        add(2, k);
        if (Float.isFinite(value)) {
            // Welford 1962: no difference of large sums.
            values++;
            double off = value - mean;
            mean += off / values;
            squares += off * (value - mean);
        }
    }

    private void add(int axis, int index) {
        first[axis] = Math.min(first[axis], index);
        last[axis] = Math.max(last[axis], index);
        indexSum[axis] += index;
    }

    long voxels() {
        return voxels;
    }

    /** How many voxels have a value that is a number. */
    long values() {
        return values;
    }

    double mean() {
        return mean;
    }

    /** The standard deviation of the population: the mean square is over all voxels. */
    double deviation() {
        return Math.sqrt(squares / values);
    }

    /** The mean index along an axis. */
    double centre(int axis) {
        return (double) indexSum[axis] / voxels;
    }

    /** The lowest index along an axis. */
    int first(int axis) {
        return first[axis];
    }

    /** The highest index along an axis. */
    int last(int axis) {
        return last[axis];
    }

    /** Whether a voxel lies at the edge of the grid, where the structure may go on outside. */
    boolean touches(Shape3 shape) {
        for (int axis = 0; axis < 3; axis++) {
            if (voxels > 0 && (first[axis] == 0 || last[axis] == shape.axis(axis) - 1)) {
                return true;
            }
        }
        return false;
    }
}
