package io.deformux.worker.infer.preview;

import io.deformux.transform.Orientation;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;

/**
 * A stored grid seen with its axes in RAS+ order and direction; nothing is resampled, so an oblique grid stays oblique.
 * Immutable.
 */
final class RasGrid {
    /** From this angle on (about 1 degree) a plane is called oblique. */
    private static final double OBLIQUE = Math.cos(Math.toRadians(1));

    private final Geometry geometry;
    private final Orientation orientation;

    RasGrid(Geometry geometry) {
        this.geometry = geometry;
        this.orientation = Orientation.toRas(geometry.affine());
    }

    /** Voxels along a RAS+ axis. */
    int size(int axis) {
        return geometry.shape().axis(orientation.storedAxis(axis));
    }

    /** Their distance in mm. */
    double spacing(int axis) {
        return geometry.affine().spacing()[orientation.storedAxis(axis)];
    }

    /** The element that holds the voxel with these indices along the RAS+ axes. */
    int index(int[] ras) {
        int[] stored = stored(ras);
        return geometry.shape().index(stored[0], stored[1], stored[2]);
    }

    private int[] stored(int[] ras) {
        int[] stored = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int at = orientation.storedAxis(axis);
            stored[at] = orientation.flipped(axis) ? geometry.shape().axis(at) - 1 - ras[axis] : ras[axis];
        }
        return stored;
    }

    /** The place on a RAS+ axis, in mm, of the middle of the plane with that index. */
    double place(int axis, int index) {
        int[] ras = {size(0) / 2, size(1) / 2, size(2) / 2};
        ras[axis] = index;
        int[] stored = stored(ras);
        return geometry.affine().apply(stored[0], stored[1], stored[2])[axis];
    }

    /** Whether the plane across a RAS+ axis is tilted against the patient. */
    boolean oblique(int axis) {
        int at = orientation.storedAxis(axis);
        return Math.abs(geometry.affine().at(axis, at))
                < OBLIQUE * geometry.affine().spacing()[at];
    }

    /** For each RAS+ axis the plane with most labelled voxels, the lowest of equals; the middle where there are none. */
    int[] fullest(LabelMap labels) {
        Shape3 shape = geometry.shape();
        long[][] counts = {new long[shape.d()], new long[shape.h()], new long[shape.w()]};
        byte[] voxels = labels.labels();
        int n = 0;
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++, n++) {
                    if (voxels[n] != 0) {
                        counts[0][i]++;
                        counts[1][j]++;
                        counts[2][k]++;
                    }
                }
            }
        }
        int[] fullest = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            fullest[axis] = fullest(counts[orientation.storedAxis(axis)], orientation.flipped(axis));
        }
        return fullest;
    }

    private static int fullest(long[] counts, boolean flipped) {
        int best = -1;
        long most = 0;
        for (int n = 0; n < counts.length; n++) {
            long count = counts[flipped ? counts.length - 1 - n : n];
            if (count > most) {
                most = count;
                best = n;
            }
        }
        return best < 0 ? counts.length / 2 : best;
    }
}
