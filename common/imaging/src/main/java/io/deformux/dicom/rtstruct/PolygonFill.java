package io.deformux.dicom.rtstruct;

import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.util.Arrays;

/**
 * A closed polygon, filled by the even-odd rule at the centres of voxels.
 *
 * @param x the index along axis i of each corner
 * @param y that along axis j
 */
record PolygonFill(double[] x, double[] y) {

    /** Sets the voxels of slice k whose centres are inside. */
    void into(LabelMap labels, int k, byte value) {
        Shape3 shape = labels.geometry().shape();
        double lowest = Arrays.stream(y).min().orElse(0);
        double highest = Arrays.stream(y).max().orElse(-1);
        for (int j = Math.max(0, (int) Math.ceil(lowest)); j <= Math.min(shape.h() - 1, highest); j++) {
            double[] crossings = crossings(j);
            for (int n = 0; n + 1 < crossings.length; n += 2) {
                int from = Math.max(0, (int) Math.ceil(crossings[n]));
                for (int i = from; i < shape.d() && i < crossings[n + 1]; i++) {
                    labels.labels()[shape.index(i, j, k)] = value;
                }
            }
        }
    }

    /** Where the line of constant j crosses the polygon, ascending. */
    private double[] crossings(int j) {
        double[] crossings = new double[x.length];
        int count = 0;
        for (int n = 0; n < x.length; n++) {
            int m = (n + 1) % x.length;
            if (y[n] <= j != y[m] <= j) {
                crossings[count++] = x[n] + (j - y[n]) * (x[m] - x[n]) / (y[m] - y[n]);
            }
        }
        double[] sorted = Arrays.copyOf(crossings, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
