package io.deformux.radiomics;

import io.deformux.volume.Affine;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.util.Arrays;

/**
 * One structure, cut out of its scan.
 *
 * @param shape the box around it
 * @param affine from indices in the box to mm, but for a shift
 * @param inside the structure, last axis fastest
 * @param values the scan's values in it, NaN elsewhere and where the scan has no number
 * @param voxels how many are inside
 */
record Region(Shape3 shape, Affine affine, boolean[] inside, float[] values, int voxels) {

    /** Cuts out a label that is there. */
    static Region of(Volume scan, LabelMap labels, int label, Box box) {
        Shape3 shape = box.shape();
        boolean[] inside = new boolean[shape.length()];
        float[] values = new float[inside.length];
        Arrays.fill(values, Float.NaN);
        Shape3 grid = labels.geometry().shape();
        int voxels = 0;
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                int from = grid.index(box.first()[0] + i, box.first()[1] + j, box.first()[2]);
                int to = shape.index(i, j, 0);
                for (int k = 0; k < shape.w(); k++) {
                    if ((labels.labels()[from + k] & 0xff) == label) {
                        float value = scan.voxels()[from + k];
                        inside[to + k] = true;
                        values[to + k] = Float.isFinite(value) ? value : Float.NaN;
                        voxels++;
                    }
                }
            }
        }
        return new Region(shape, labels.geometry().affine(), inside, values, voxels);
    }

    /** Whether a place is in the structure; outside the box none is. */
    boolean has(int i, int j, int k) {
        return i >= 0
                && j >= 0
                && k >= 0
                && i < shape.d()
                && j < shape.h()
                && k < shape.w()
                && inside[shape.index(i, j, k)];
    }

    /** Indices in mm, without the shift to the patient. */
    double[] millimetres(double i, double j, double k) {
        double[] mm = new double[3];
        for (int row = 0; row < 3; row++) {
            mm[row] = affine.at(row, 0) * i + affine.at(row, 1) * j + affine.at(row, 2) * k;
        }
        return mm;
    }
}
